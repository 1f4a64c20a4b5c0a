package io.vmrestore.status.fold;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Ready when the fold works and has caught up with the topic once since the start. */
@Component("foldHealthIndicator")
class FoldHealth implements HealthIndicator {
    private final FoldProgress progress;

    FoldHealth(FoldProgress progress) {
        this.progress = progress;
    }

    @Override
    public Health health() {
        String obstacle = progress.obstacle();
        Health.Builder health = obstacle == null && progress.caughtUp() ? Health.up() : Health.down();
        if (obstacle != null) {
            health.withDetail("obstacle", obstacle);
        } else if (!progress.caughtUp()) {
            health.withDetail("obstacle", "the fold is catching up with the event topic");
        }
        return health.withDetail("partitions", progress.partitions())
                .withDetail("records_behind", progress.lag())
                .build();
    }
}
