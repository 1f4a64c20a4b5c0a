package io.vmrestore.planner.audit;

import io.micrometer.core.instrument.MeterRegistry;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.openstack.OpenStack;
import io.vmrestore.planner.dispatch.EndedJobs;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaTemplate;

/** Wires the audit into Spring. */
@Configuration(proxyBeanMethods = false)
class AuditConfiguration {

    @Bean
    AuditSchedule auditSchedule(
            AuditSettings settings,
            EndedJobs ended,
            OpenStack cloud,
            KafkaTemplate<String, byte[]> kafka,
            TimeSource time,
            MeterRegistry meters) {
        return new AuditSchedule(new Audit(ended::read, cloud, kafka, time, meters), settings, time);
    }
}
