package io.vmrestore.status.fold;

import io.vmrestore.status.StatusSettings;
import java.time.Duration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Down while events wait and none was folded for too long. A backlog that becomes smaller keeps it up. */
@Component("foldProgressHealthIndicator")
class FoldProgressHealth implements HealthIndicator {
    private final FoldProgress progress;
    private final Duration limit;

    FoldProgressHealth(FoldProgress progress, StatusSettings settings) {
        this.progress = progress;
        limit = settings.progressTimeout();
    }

    @Override
    public Health health() {
        Duration stalled = progress.stalled();
        return (stalled.compareTo(limit) > 0 ? Health.down() : Health.up())
                .withDetail("stalled_seconds", stalled.toSeconds())
                .withDetail("records_behind", progress.lag())
                .build();
    }
}
