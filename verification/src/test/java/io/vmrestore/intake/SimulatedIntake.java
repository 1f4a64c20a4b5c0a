package io.vmrestore.intake;

import io.micrometer.core.instrument.MeterRegistry;
import io.vmrestore.common.retry.Backoff;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;

/** An intake on consumers of the simulation. */
public final class SimulatedIntake {
    private SimulatedIntake() {}

    /** Starts to read. */
    public static Intake start(
            IntakeSettings settings,
            Handler handler,
            MeterRegistry meters,
            Supplier<Consumer<String, byte[]>> consumers) {
        return new Intake(
                        settings,
                        handler,
                        meters,
                        consumers,
                        Backoff.scattered(Duration.ofMillis(500), Duration.ofSeconds(30)))
                .started();
    }
}
