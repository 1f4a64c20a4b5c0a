package io.vmrestore.planner.access;

import io.vmrestore.support.access.Audience;
import io.vmrestore.support.access.PathRule;
import io.vmrestore.support.access.PathRules;
import io.vmrestore.support.access.Permission;
import io.vmrestore.support.access.ServiceTokenConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Everything here is read. Refusals are put into words by the gateway. */
@Configuration(proxyBeanMethods = false)
@Import(ServiceTokenConfiguration.class)
class AccessConfiguration {

    @Bean
    Audience audience() {
        return Audience.PLANNER;
    }

    @Bean
    PathRules pathRules() {
        return PathRules.of(PathRule.any(Permission.READ, "/**"));
    }
}
