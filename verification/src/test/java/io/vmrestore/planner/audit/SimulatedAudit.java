package io.vmrestore.planner.audit;

import io.micrometer.core.instrument.MeterRegistry;
import io.vmrestore.common.lifecycle.JobState;
import io.vmrestore.openstack.OpenStack;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Supplier;
import org.springframework.kafka.core.KafkaTemplate;

/** The audit as planner-service puts it together; the loop stands for its schedule. */
public final class SimulatedAudit {
    private SimulatedAudit() {}

    /** Audits for ever. */
    public static void run(
            Supplier<Collection<JobState>> ended,
            OpenStack cloud,
            KafkaTemplate<String, byte[]> kafka,
            Clock clock,
            MeterRegistry meters,
            Duration interval) {
        Audit audit = new Audit(ended, cloud, kafka, clock, meters);
        while (true) {
            try {
                Thread.sleep(interval);
                audit.run();
            } catch (InterruptedException never) {
                throw new IllegalStateException("Nobody interrupts the audit", never);
            }
        }
    }
}
