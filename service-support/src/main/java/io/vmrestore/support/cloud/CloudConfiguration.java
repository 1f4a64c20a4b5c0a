package io.vmrestore.support.cloud;

import io.micrometer.core.instrument.MeterRegistry;
import io.vmrestore.common.time.Chance;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.openstack.OpenStack;
import io.vmrestore.support.http.CloudRoute;
import io.vmrestore.support.http.CloudRouteConfiguration;
import io.vmrestore.support.time.TimeConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Gives a service the cloud, whose region is checked at the start; a cloud that is away does not stop one. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CloudConnection.class)
@Import({TimeConfiguration.class, CloudRouteConfiguration.class})
public class CloudConfiguration {

    @Bean
    OpenStack openStack(
            CloudConnection connection, CloudRoute route, MeterRegistry meters, TimeSource time, Chance chance) {
        return OpenStack.connect(connection.settings(), route.tls(), route.proxies(), meters, time, chance);
    }

    @Bean
    RegionCheck cloudHealthIndicator(OpenStack cloud, TimeSource time) {
        return new RegionCheck(cloud, time);
    }
}
