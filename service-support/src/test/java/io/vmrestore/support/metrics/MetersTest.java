package io.vmrestore.support.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vmrestore.common.metrics.Metric;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MetersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Meters meters = new Meters(registry);

    @Test
    void aMeterHasTheNameTheTagsAndTheDescriptionOfItsMetric() {
        meters.timer(Metric.STEPS, "create_volume", "completed").record(Duration.ofSeconds(2));

        assertThat(registry.get("restore.step")
                        .tag("action", "create_volume")
                        .tag("outcome", "completed")
                        .timer())
                .satisfies(timer -> {
                    assertThat(timer.totalTime(TimeUnit.SECONDS)).isEqualTo(2);
                    assertThat(timer.getId().getDescription()).isEqualTo("Attempts at steps, by how they ended");
                });
    }

    @Test
    void aTimeIsShownInSeconds() {
        meters.timeGauge(Metric.STEPS_SILENCE, this, _ -> Duration.ofMillis(1500));

        assertThat(registry.get("restore.steps.silence").timeGauge().value(TimeUnit.SECONDS))
                .isEqualTo(1.5);
    }

    @Test
    void tagsThatAreMissingAreADefect() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> meters.counter(Metric.DISPATCH_EVENTS))
                .withMessage("restore.dispatch.events has the tags [outcome] and was given 0 values");
    }
}
