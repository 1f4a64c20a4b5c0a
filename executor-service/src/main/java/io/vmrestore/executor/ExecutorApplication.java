package io.vmrestore.executor;

import io.vmrestore.support.cloud.CloudConfiguration;
import io.vmrestore.support.health.ProgressSettings;
import io.vmrestore.support.http.EventLoopConfiguration;
import io.vmrestore.support.listener.ListenerConfiguration;
import io.vmrestore.support.seal.EncryptionSettings;
import io.vmrestore.support.time.TimeConfiguration;
import io.vmrestore.support.topics.TopicConfiguration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/** Starts the executor service. */
@SpringBootApplication
@EnableConfigurationProperties({EncryptionSettings.class, ExecutorSettings.class, ProgressSettings.class})
@Import({
    CloudConfiguration.class,
    EventLoopConfiguration.class,
    ListenerConfiguration.class,
    TimeConfiguration.class,
    TopicConfiguration.class
})
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
