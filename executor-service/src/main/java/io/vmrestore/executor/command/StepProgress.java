package io.vmrestore.executor.command;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.vmrestore.common.metrics.Metric;
import io.vmrestore.executor.command.SignsOfLife.Silence;
import io.vmrestore.support.health.Progress;
import io.vmrestore.support.metrics.Meters;
import java.time.Duration;
import java.util.Optional;

/** Tells of the commands taken in for how long the most silent of them has given no sign of life. */
public final class StepProgress implements MeterBinder {
    private final CommandIntake intake;
    private final CommandHandler handler;

    public StepProgress(CommandIntake intake, CommandHandler handler) {
        this.intake = intake;
        this.handler = handler;
    }

    /**
     * Stuck is a command that has given no sign of life for too long. However long a step takes, also while it waits
     * for its time or a place, its signs of life keep it up.
     */
    public Progress shown() {
        Optional<Silence> longest = handler.longestSilence();
        return new Progress()
                .age("oldest_unanswered", intake.oldestUnanswered())
                .silent("silent", longest.map(Silence::lasting).orElse(Duration.ZERO))
                .detail("most_silent", longest.map(Silence::commandId).orElse(null));
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        new Meters(registry).timeGauge(Metric.STEPS_SILENCE, this, StepProgress::silence);
    }

    private Duration silence() {
        return handler.longestSilence().map(Silence::lasting).orElse(Duration.ZERO);
    }
}
