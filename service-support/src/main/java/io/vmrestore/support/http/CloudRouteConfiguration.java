package io.vmrestore.support.http;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Gives a service that talks to the cloud its {@link CloudRoute}; wrong settings stop the start. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TlsSettings.class)
public class CloudRouteConfiguration {

    @Bean
    CloudRoute cloudRoute(TlsSettings settings) {
        return CloudRoute.of(settings, System.getenv());
    }
}
