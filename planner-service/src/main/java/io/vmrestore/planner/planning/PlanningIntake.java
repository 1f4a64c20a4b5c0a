package io.vmrestore.planner.planning;

import io.micrometer.core.instrument.MeterRegistry;
import io.vmrestore.common.time.Chance;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.intake.Handler;
import io.vmrestore.intake.Intake;
import io.vmrestore.intake.IntakeSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;

/** Takes plan commands in for as long as the application runs, and tells whether it does. */
final class PlanningIntake implements SmartLifecycle, HealthIndicator {
    private final IntakeSettings settings;
    private final Handler handler;
    private final MeterRegistry meters;
    private final TimeSource time;
    private final Chance chance;
    private volatile @Nullable Intake intake;

    PlanningIntake(IntakeSettings settings, Handler handler, MeterRegistry meters, TimeSource time, Chance chance) {
        this.settings = settings;
        this.handler = handler;
        this.meters = meters;
        this.time = time;
        this.chance = chance;
    }

    @Override
    public void start() {
        intake = Intake.start(settings, handler, meters, time, chance);
    }

    @Override
    public void stop() {
        Intake running = intake;
        intake = null;
        if (running != null) {
            running.close();
        }
    }

    @Override
    public boolean isRunning() {
        return intake != null;
    }

    /** The age of the oldest plan command that was taken in and not answered; zero if there is none. */
    Duration oldestUnanswered() {
        Intake running = intake;
        return running == null ? Duration.ZERO : running.oldestUnanswered();
    }

    @Override
    public Health health() {
        Intake running = intake;
        if (running == null || !running.healthy()) {
            return Health.down().withDetail("state", "WAITING_FOR_BROKER").build();
        }
        return Health.up()
                .withDetail("in_flight", running.inFlight())
                .withDetail("oldest_unanswered", running.oldestUnanswered().toString())
                .build();
    }
}
