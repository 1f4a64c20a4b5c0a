package io.vmrestore.executor.command;

import io.micrometer.core.instrument.MeterRegistry;
import io.vmrestore.common.time.Chance;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.intake.Handler;
import io.vmrestore.intake.Intake;
import io.vmrestore.intake.IntakeSettings;
import io.vmrestore.support.startup.BackgroundStart;
import io.vmrestore.support.topics.TopicCreation;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;

/** Takes commands in as soon as the topics exist, however long the broker stays away, and tells whether it does. */
public final class CommandIntake implements SmartLifecycle, HealthIndicator {
    private final IntakeSettings settings;
    private final Handler handler;
    private final StopCommands stops;
    private final MeterRegistry meters;
    private final TimeSource time;
    private final Chance chance;
    private final BackgroundStart start;
    private @Nullable Intake intake;

    public CommandIntake(
            TopicCreation topics,
            IntakeSettings settings,
            Handler handler,
            StopCommands stops,
            MeterRegistry meters,
            TimeSource time,
            Chance chance) {
        this.settings = settings;
        this.handler = handler;
        this.stops = stops;
        this.meters = meters;
        this.time = time;
        this.chance = chance;
        BackgroundStart.Work work = () -> {
            topics.untilDone();
            begin();
        };
        start = new BackgroundStart("executor-start", work, this::end);
    }

    @Override
    public void start() {
        start.start();
    }

    @Override
    public void stop() {
        start.stop();
    }

    @Override
    public boolean isRunning() {
        return start.isRunning();
    }

    @Override
    public synchronized Health health() {
        if (intake == null) {
            return Health.outOfService()
                    .withDetail("reason", "the topics are not there yet")
                    .build();
        }
        Health.Builder health = intake.healthy() ? Health.up() : Health.outOfService();
        return health.withDetail("in_flight", intake.inFlight())
                .withDetail("window_full", intake.paused())
                .withDetail(
                        "oldest_unanswered_seconds", intake.oldestUnanswered().toSeconds())
                .build();
    }

    /** The age of the oldest command that was taken in and not answered; zero if there is none. */
    synchronized Duration oldestUnanswered() {
        return intake == null ? Duration.ZERO : intake.oldestUnanswered();
    }

    private synchronized void begin() {
        stops.start();
        intake = Intake.start(settings, handler, meters, time, chance);
    }

    private void end() {
        Intake running;
        synchronized (this) {
            running = intake;
            intake = null;
        }
        if (running != null) {
            running.close();
        }
    }
}
