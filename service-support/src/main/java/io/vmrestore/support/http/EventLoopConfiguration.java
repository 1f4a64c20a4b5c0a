package io.vmrestore.support.http;

import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;

/**
 * Gives a service event loops of its own: the shared ones, which web servers and the database's connections use, end
 * for the whole JVM with the first application that stops.
 */
@Configuration(proxyBeanMethods = false)
public class EventLoopConfiguration {

    @Bean
    ReactorResourceFactory eventLoops() {
        ReactorResourceFactory resources = new ReactorResourceFactory();
        resources.setUseGlobalResources(false);
        resources.setShutdownQuietPeriod(Duration.ZERO);
        return resources;
    }
}
