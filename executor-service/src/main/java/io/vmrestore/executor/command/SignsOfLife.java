package io.vmrestore.executor.command;

import io.vmrestore.intake.Assignment;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * When the broker last took an event of each command that is taken in and not answered. Signs of life come from a
 * timer, so those behind the command's deadline prove nothing: by then it should have its outcome.
 */
final class SignsOfLife {
    private final LongSupplier nanoTime;
    private final Map<String, Expected> expected = new ConcurrentHashMap<>();

    /** A command and for how long nothing was heard of it. */
    record Silence(String commandId, Duration lasting) {}

    /** @param nanoTime a monotonic clock */
    SignsOfLife(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * From now on something should be heard of the command. A repeated try of the same command is no sign of life.
     *
     * @param left until its deadline
     */
    void expect(String commandId, Assignment assignment, Duration left) {
        long now = nanoTime.getAsLong();
        Expected taken = new Expected(assignment, now, now + Math.max(0, left.toNanos()));
        expected.merge(commandId, taken, (known, next) -> known.assignment == assignment ? known : next);
    }

    /**
     * The broker has an event of it.
     *
     * @param stoodStill how much later its deadline is, because it waited for a service that gave no answer
     */
    void heard(String commandId, Duration stoodStill) {
        Expected command = expected.get(commandId);
        if (command != null) {
            long now = nanoTime.getAsLong();
            long deadline = command.deadline + stoodStill.toNanos();
            command.heard = now - deadline < 0 ? now : deadline;
        }
    }

    /** The command has more time than it said. */
    void prolong(String commandId, Duration left) {
        Expected command = expected.get(commandId);
        if (command != null) {
            command.deadline = nanoTime.getAsLong() + Math.max(0, left.toNanos());
        }
    }

    /** It has its outcome. */
    void answered(String commandId) {
        expected.remove(commandId);
    }

    /** The command that nothing was heard of for longest, of those that are still ours to answer. */
    Optional<Silence> longest() {
        expected.values().removeIf(command -> !command.assignment.current());
        long now = nanoTime.getAsLong();
        return expected.entrySet().stream()
                .map(entry -> new Silence(entry.getKey(), Duration.ofNanos(now - entry.getValue().heard)))
                .max(Comparator.comparing(Silence::lasting));
    }

    private static final class Expected {
        private final Assignment assignment;
        private volatile long deadline;
        private volatile long heard;

        Expected(Assignment assignment, long taken, long deadline) {
            this.assignment = assignment;
            this.deadline = deadline;
            heard = taken;
        }
    }
}
