package io.vmrestore.simulator.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Time that stands still until it is told to advance: transitions run in order of their due time, then of their
 * request.
 */
public final class ManualTime implements Timeline {
    private record Step(Instant due, long sequence, Runnable action) {}

    private final PriorityQueue<Step> steps =
            new PriorityQueue<>(Comparator.comparing(Step::due).thenComparing(Step::sequence));
    private Instant now;
    private long sequence;

    public ManualTime(Instant start) {
        this.now = start;
    }

    @Override
    public synchronized Instant now() {
        return now;
    }

    @Override
    public synchronized void after(Duration delay, Runnable step) {
        steps.add(new Step(now.plus(delay), sequence++, step));
    }

    /** Moves time forward and runs, on the calling thread, every step that falls due on the way. */
    public void advance(Duration duration) {
        Instant target = now().plus(duration);
        for (Step step = nextUntil(target); step != null; step = nextUntil(target)) {
            step.action().run();
        }
        synchronized (this) {
            now = target;
        }
    }

    private synchronized @Nullable Step nextUntil(Instant target) {
        Step step = steps.peek();
        if (step == null || step.due().isAfter(target)) {
            return null;
        }
        now = step.due();
        return steps.poll();
    }
}
