package io.vmrestore.support.health;

import java.time.Duration;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Down while some work has given no sign of life for too long, however long the work itself takes. */
public final class ProgressHealth implements HealthIndicator {
    private final Supplier<Progress> progress;
    private final Duration timeout;

    public ProgressHealth(Supplier<Progress> progress, ProgressSettings settings) {
        this.progress = progress;
        this.timeout = settings.timeout();
    }

    @Override
    public Health health() {
        Progress now = progress.get();
        return (now.stuck(timeout) ? Health.down() : Health.up())
                .withDetails(now.details())
                .build();
    }
}
