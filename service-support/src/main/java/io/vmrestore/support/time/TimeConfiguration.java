package io.vmrestore.support.time;

import io.vmrestore.common.time.Chance;
import io.vmrestore.common.time.TimeSource;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Gives a service the machine's time, also as a clock, and chance. */
@Configuration(proxyBeanMethods = false)
public class TimeConfiguration {

    @Bean
    TimeSource time() {
        return TimeSource.system();
    }

    @Bean
    Clock clock(TimeSource time) {
        return time.clock();
    }

    @Bean
    Chance chance() {
        return Chance.system();
    }
}
