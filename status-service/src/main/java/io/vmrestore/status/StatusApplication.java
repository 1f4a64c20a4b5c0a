package io.vmrestore.status;

import io.vmrestore.common.codec.Json;
import java.time.Duration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.http.client.ReactorResourceFactory;
import tools.jackson.databind.json.JsonMapper;

/** Starts the status service. */
@SpringBootApplication
@EnableConfigurationProperties(StatusSettings.class)
public class StatusApplication {

    public static void main(String[] args) {
        builder().run(args);
    }

    /** The application, ready to {@code run} in a JVM of its own or beside others. */
    public static SpringApplicationBuilder builder() {
        return new SpringApplicationBuilder(StatusApplication.class).properties("spring.config.name=status-service");
    }

    /**
     * Event loops of this application's own: the shared ones, which the database's connections use, end for the whole
     * JVM with the first application that stops.
     */
    @Bean
    ReactorResourceFactory eventLoops() {
        ReactorResourceFactory resources = new ReactorResourceFactory();
        resources.setUseGlobalResources(false);
        resources.setShutdownQuietPeriod(Duration.ZERO);
        return resources;
    }

    @Bean
    JsonMapper jsonMapper() {
        return Json.MAPPER;
    }
}
