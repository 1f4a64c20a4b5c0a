package io.vmrestore.support.listener;

import io.micrometer.core.instrument.MeterRegistry;
import io.vmrestore.common.time.TimeSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Sets up a service's own listener; {@link ManagementListenerConfiguration} does the same for that of its management.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ListenerSettings.class)
public class ListenerConfiguration {

    @Bean
    Listeners listeners(ListenerSettings settings, MeterRegistry registry, TimeSource time) {
        return new Listeners(settings, registry, time);
    }

    @Bean
    TrustedProxies trustedProxies(ListenerSettings settings) {
        return settings.proxies();
    }

    @Bean
    KnownCaller knownCaller() {
        return new KnownCaller();
    }

    @Bean
    StreamRates streamRates(Listeners listeners) {
        return listeners.streamRates();
    }

    @Bean
    WebServerFactoryCustomizer<NettyReactiveWebServerFactory> serviceListener(Listeners listeners) {
        return factory -> factory.addServerCustomizers(listeners.ofService());
    }
}
