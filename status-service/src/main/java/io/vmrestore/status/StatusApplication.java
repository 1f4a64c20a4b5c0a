package io.vmrestore.status;

import io.vmrestore.common.codec.Json;
import io.vmrestore.support.health.ProgressSettings;
import io.vmrestore.support.http.EventLoopConfiguration;
import io.vmrestore.support.listener.ListenerConfiguration;
import io.vmrestore.support.time.TimeConfiguration;
import io.vmrestore.support.topics.TopicConfiguration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.json.JsonMapper;

/** Starts the status service. */
@SpringBootApplication
@EnableConfigurationProperties({ProgressSettings.class, StatusSettings.class})
@Import({EventLoopConfiguration.class, ListenerConfiguration.class, TimeConfiguration.class, TopicConfiguration.class})
public class StatusApplication {

    public static void main(String[] args) {
        builder().run(args);
    }

    /** The application, ready to {@code run} in a JVM of its own or beside others. */
    public static SpringApplicationBuilder builder() {
        return new SpringApplicationBuilder(StatusApplication.class).properties("spring.config.name=status-service");
    }

    @Bean
    JsonMapper jsonMapper() {
        return Json.MAPPER;
    }
}
