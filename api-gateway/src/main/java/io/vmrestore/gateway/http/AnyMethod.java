package io.vmrestore.gateway.http;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.web.server.firewall.StrictServerWebExchangeFirewall;

/**
 * Lets requests with any method in, so that one which no path takes is answered 405 with {@code Allow}. Everything else
 * that the firewall refuses stays refused.
 */
@Configuration(proxyBeanMethods = false)
class AnyMethod {

    @Bean
    StrictServerWebExchangeFirewall firewall() {
        StrictServerWebExchangeFirewall firewall = new StrictServerWebExchangeFirewall();
        firewall.setUnsafeAllowAnyHttpMethod(true);
        return firewall;
    }
}
