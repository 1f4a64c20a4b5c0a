package io.vmrestore.support.http;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.client.ReactorResourceFactory;

/** Gives a service {@link HttpClients}. */
@Configuration(proxyBeanMethods = false)
@Import(EventLoopConfiguration.class)
public class HttpClientConfiguration {

    @Bean
    HttpClients httpClients(ReactorResourceFactory eventLoops) {
        return new HttpClients(eventLoops);
    }
}
