package io.vmrestore.planner.dispatch;

import io.vmrestore.planner.dispatch.OpenCommands.Open;
import java.time.Duration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Down while a command is open of which nothing was heard for too long, or while dispatch does not work for as long.
 * However old a command is, signs of life keep it up.
 */
final class DispatchProgressHealth implements HealthIndicator {
    private final DispatchProgress progress;
    private final Duration limit;

    DispatchProgressHealth(DispatchProgress progress, Duration limit) {
        this.progress = progress;
        this.limit = limit;
    }

    @Override
    public Health health() {
        Duration silence = progress.silence();
        Duration idle = progress.idle();
        boolean stuck = silence.compareTo(limit) > 0 || idle.compareTo(limit) > 0;
        Health.Builder health = stuck ? Health.down() : Health.up();
        health.withDetail("open", progress.open())
                .withDetail(
                        "oldest_unanswered_seconds", progress.oldestUnanswered().toSeconds())
                .withDetail("silent_seconds", silence.toSeconds())
                .withDetail("not_running_seconds", idle.toSeconds());
        progress.mostSilent().ifPresent(open -> health.withDetail("most_silent", name(open)));
        return health.build();
    }

    private static String name(Open open) {
        return open.jobId() + (open.step() > 0 ? "/" + open.step() : "");
    }
}
