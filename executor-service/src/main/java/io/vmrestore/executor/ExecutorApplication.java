package io.vmrestore.executor;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** Starts the executor service. */
@SpringBootApplication
@EnableConfigurationProperties(ExecutorSettings.class)
public class ExecutorApplication {

    public static void main(String[] args) {
        builder().run(args);
    }

    /** The application, ready to {@code run} in a JVM of its own or beside others. */
    public static SpringApplicationBuilder builder() {
        return new SpringApplicationBuilder(ExecutorApplication.class)
                .properties("spring.config.name=executor-service");
    }
}
