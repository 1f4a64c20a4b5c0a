package io.vmrestore.gateway;

import io.vmrestore.support.access.TokenSettings;
import io.vmrestore.support.http.CloudRouteConfiguration;
import io.vmrestore.support.http.HttpClientConfiguration;
import io.vmrestore.support.listener.ListenerConfiguration;
import io.vmrestore.support.time.TimeConfiguration;
import io.vmrestore.support.topics.TopicConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/** Starts the gateway, alone or beside the other services in one JVM. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties({GatewaySettings.class, TokenSettings.class})
@Import({
    HttpClientConfiguration.class,
    CloudRouteConfiguration.class,
    ListenerConfiguration.class,
    TimeConfiguration.class,
    TopicConfiguration.class
})
public class GatewayApplication {

    public static void main(String[] args) {
        builder().run(args);
    }

    /** The application, ready to run with arguments such as {@code --server.port=0}. */
    public static SpringApplicationBuilder builder() {
        return new SpringApplicationBuilder(GatewayApplication.class)
                .web(WebApplicationType.REACTIVE)
                .properties("spring.config.name=api-gateway");
    }
}
