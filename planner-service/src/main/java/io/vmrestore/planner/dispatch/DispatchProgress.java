package io.vmrestore.planner.dispatch;

import io.vmrestore.planner.dispatch.OpenCommands.Open;
import io.vmrestore.planner.dispatch.OpenCommands.Summary;
import io.vmrestore.support.health.Progress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;

/**
 * What the restores of this instance's partitions wait for, and for how long. Each stream thread hands over what it
 * knows of its own tasks; anyone may ask.
 */
public final class DispatchProgress implements KafkaStreams.StateListener {
    private final Clock clock;
    private final Map<Object, Summary> tasks = new ConcurrentHashMap<>();
    private volatile @Nullable Instant idleSince;

    public DispatchProgress(Clock clock) {
        this.clock = clock;
        idleSince = clock.instant();
    }

    /** @param task whoever works on a partition; the same until it gives the partition back */
    void report(Object task, Summary open) {
        tasks.put(task, open);
    }

    /** The partition of this task is another's by now. */
    void forget(Object task) {
        tasks.remove(task);
    }

    @Override
    public void onChange(KafkaStreams.State newState, KafkaStreams.State oldState) {
        if (newState == KafkaStreams.State.RUNNING) {
            idleSince = null;
        } else if (idleSince == null) {
            idleSince = clock.instant();
        }
    }

    /** How many commands and announcements are waited for. */
    int open() {
        return tasks.values().stream().mapToInt(Summary::count).sum();
    }

    /** The age of the oldest of them; zero if there is none. */
    Duration oldestUnanswered() {
        return tasks.values().stream()
                .flatMap(open -> Optional.ofNullable(open.oldest()).stream())
                .map(Open::since)
                .min(Comparator.naturalOrder())
                .map(this::ago)
                .orElse(Duration.ZERO);
    }

    /** How long nothing was heard of the most silent of them; zero if there is none. */
    Duration silence() {
        return mostSilent().map(open -> ago(open.heard())).orElse(Duration.ZERO);
    }

    Optional<Open> mostSilent() {
        return tasks.values().stream()
                .flatMap(open -> Optional.ofNullable(open.mostSilent()).stream())
                .min(Comparator.comparing(Open::heard));
    }

    /** For how long Kafka Streams has not been at work: before its start, while partitions move, after a fault. */
    Duration idle() {
        Instant since = idleSince;
        return since == null ? Duration.ZERO : ago(since);
    }

    /**
     * Stuck are a command of which nothing was heard for too long, and dispatch itself while it does not work. However
     * old a command is, signs of life keep it up.
     */
    Progress shown() {
        return new Progress()
                .detail("open", open())
                .age("oldest_unanswered", oldestUnanswered())
                .silent("silent", silence())
                .silent("not_running", idle())
                .detail("most_silent", mostSilent().map(DispatchProgress::name).orElse(null));
    }

    private static String name(Open open) {
        return open.jobId() + (open.step() > 0 ? "/" + open.step() : "");
    }

    /** What is due later has waited for no time. */
    private Duration ago(Instant time) {
        Duration passed = Duration.between(time, clock.instant());
        return passed.isNegative() ? Duration.ZERO : passed;
    }
}
