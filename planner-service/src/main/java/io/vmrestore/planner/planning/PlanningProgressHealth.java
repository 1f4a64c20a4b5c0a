package io.vmrestore.planner.planning;

import java.time.Duration;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Down while a plan command that was taken in has had no answer for too long. */
final class PlanningProgressHealth implements HealthIndicator {
    private final Supplier<Duration> oldestUnanswered;
    private final Duration limit;

    PlanningProgressHealth(Supplier<Duration> oldestUnanswered, Duration limit) {
        this.oldestUnanswered = oldestUnanswered;
        this.limit = limit;
    }

    @Override
    public Health health() {
        Duration age = oldestUnanswered.get();
        return (age.compareTo(limit) > 0 ? Health.down() : Health.up())
                .withDetail("oldest_unanswered_seconds", age.toSeconds())
                .build();
    }
}
