package io.vmrestore.executor.command;

import io.micrometer.core.instrument.MeterRegistry;
import io.vmrestore.intake.Handler;
import io.vmrestore.intake.Intake;
import io.vmrestore.intake.IntakeSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.KafkaAdmin;

/**
 * Starts the intake of commands once the topics exist, in a thread of its own that tries until the broker answers, and
 * tells whether commands are taken in.
 */
public final class CommandIntake implements SmartLifecycle, HealthIndicator {
    private static final Logger log = LoggerFactory.getLogger(CommandIntake.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final KafkaAdmin admin;
    private final IntakeSettings settings;
    private final Handler handler;
    private final StopCommands stops;
    private final MeterRegistry meters;
    private @Nullable Thread starting;
    private @Nullable Intake intake;

    public CommandIntake(
            KafkaAdmin admin, IntakeSettings settings, Handler handler, StopCommands stops, MeterRegistry meters) {
        this.admin = admin;
        this.settings = settings;
        this.handler = handler;
        this.stops = stops;
        this.meters = meters;
    }

    @Override
    public synchronized void start() {
        starting = Thread.ofPlatform().name("executor-start").start(this::prepare);
    }

    @Override
    public void stop() {
        Intake running;
        synchronized (this) {
            if (starting != null) {
                starting.interrupt();
                starting = null;
            }
            running = intake;
            intake = null;
        }
        if (running != null) {
            running.close();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return starting != null;
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

    private void prepare() {
        try {
            while (!topicsExist()) {
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException stopped) {
            return;
        }
        synchronized (this) {
            if (starting != null) {
                stops.start();
                intake = Intake.start(settings, handler, meters);
            }
        }
    }

    private boolean topicsExist() {
        try {
            return admin.initialize();
        } catch (RuntimeException unavailable) {
            log.warn("The topics cannot be created or checked yet: {}", unavailable.getMessage());
            return false;
        }
    }
}
