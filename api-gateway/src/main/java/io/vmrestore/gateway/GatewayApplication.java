package io.vmrestore.gateway;

import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.http.client.ReactorResourceFactory;

/** Starts the gateway, alone or beside the other services in one JVM. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties(GatewaySettings.class)
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

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /**
     * Event loops of this application's own: the shared ones end for the whole JVM with the first application that
     * stops.
     */
    @Bean
    ReactorResourceFactory eventLoops() {
        ReactorResourceFactory resources = new ReactorResourceFactory();
        resources.setUseGlobalResources(false);
        resources.setShutdownQuietPeriod(Duration.ZERO);
        return resources;
    }
}
