package io.vmrestore.planner.planning;

import io.micrometer.core.instrument.MeterRegistry;
import io.vmrestore.common.fair.FairPlaces;
import io.vmrestore.common.seal.TextSeal;
import io.vmrestore.intake.Handler;
import io.vmrestore.openstack.OpenStack;
import java.time.Clock;
import org.springframework.kafka.core.KafkaTemplate;

/** Planning as the planner-service puts it together. */
public final class SimulatedPlanning {
    private SimulatedPlanning() {}

    /** What answers plan commands. */
    public static Handler handler(
            OpenStack cloud,
            TextSeal seal,
            PlanningSettings settings,
            KafkaTemplate<String, byte[]> kafka,
            Clock clock,
            MeterRegistry meters) {
        return new PlanCommands(
                new Planner(cloud, seal, settings),
                kafka,
                clock,
                new PlanningMeters(meters),
                new FairPlaces(settings.window()));
    }
}
