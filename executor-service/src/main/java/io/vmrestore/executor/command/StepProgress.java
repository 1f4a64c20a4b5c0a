package io.vmrestore.executor.command;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.vmrestore.executor.command.SignsOfLife.Silence;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Down while a command that was taken in has given no sign of life for too long. However long a step takes, also while
 * it waits for its time or a place, its signs of life keep it up.
 */
public final class StepProgress implements HealthIndicator, MeterBinder {
    private final CommandIntake intake;
    private final CommandHandler handler;
    private final Duration limit;

    /** @param limit how long nothing may be heard of a command */
    public StepProgress(CommandIntake intake, CommandHandler handler, Duration limit) {
        this.intake = intake;
        this.handler = handler;
        this.limit = limit;
    }

    @Override
    public Health health() {
        Optional<Silence> longest = handler.longestSilence();
        Duration silence = longest.map(Silence::lasting).orElse(Duration.ZERO);
        Health.Builder health = silence.compareTo(limit) > 0 ? Health.down() : Health.up();
        health.withDetail("oldest_unanswered_seconds", intake.oldestUnanswered().toSeconds())
                .withDetail("silent_seconds", silence.toSeconds());
        longest.ifPresent(command -> health.withDetail("most_silent", command.commandId()));
        return health.build();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        TimeGauge.builder("restore.steps.silence", this, TimeUnit.MILLISECONDS, StepProgress::silentMillis)
                .description("Time since the last sign of life of the most silent command taken in")
                .register(registry);
    }

    private double silentMillis() {
        return handler.longestSilence()
                .map(command -> command.lasting().toMillis())
                .orElse(0L);
    }
}
