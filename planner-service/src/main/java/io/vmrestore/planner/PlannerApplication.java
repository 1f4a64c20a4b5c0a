package io.vmrestore.planner;

import io.vmrestore.common.contract.Topics;
import java.time.Clock;
import java.time.Duration;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.kafka.core.KafkaAdmin;

/** Starts the planner service. */
@SpringBootApplication
@EnableConfigurationProperties(PlannerSettings.class)
public class PlannerApplication {
    private static final String NAME = "planner-service";

    public static void main(String[] args) {
        builder().run(args);
    }

    /** The service, ready to {@code run}, also beside others in one JVM. */
    public static SpringApplicationBuilder builder() {
        return new SpringApplicationBuilder(PlannerApplication.class)
                .properties("spring.config.name=" + NAME, "spring.application.name=" + NAME);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /**
     * Event loops of this application's own: the shared ones end for the whole JVM with the first application that
     * stops, and with them the web servers of the others.
     */
    @Bean
    ReactorResourceFactory eventLoops() {
        ReactorResourceFactory resources = new ReactorResourceFactory();
        resources.setUseGlobalResources(false);
        resources.setShutdownQuietPeriod(Duration.ZERO);
        return resources;
    }

    @Bean
    KafkaAdmin.NewTopics topics(PlannerSettings settings) {
        PlannerSettings.TopicSettings topics = settings.topics();
        return new KafkaAdmin.NewTopics(Topics.all(topics.partitions()).stream()
                .map(topic ->
                        new NewTopic(topic.name(), topic.partitions(), topics.replication()).configs(topic.settings()))
                .toArray(NewTopic[]::new));
    }
}
