package io.vmrestore.planner;

import io.vmrestore.support.cloud.CloudConfiguration;
import io.vmrestore.support.http.EventLoopConfiguration;
import io.vmrestore.support.listener.ListenerConfiguration;
import io.vmrestore.support.time.TimeConfiguration;
import io.vmrestore.support.topics.TopicConfiguration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/** Starts the planner service. */
@SpringBootApplication
@Import({
    CloudConfiguration.class,
    EventLoopConfiguration.class,
    ListenerConfiguration.class,
    TimeConfiguration.class,
    TopicConfiguration.class
})
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
}
