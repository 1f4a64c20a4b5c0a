package io.vmrestore.executor.attempt;

import io.vmrestore.common.contract.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * Lets an attempt be asked to stop because its restore failed or was cancelled. It ends waits at once and nothing else:
 * a call that makes something is never cut off, because nobody would know then what it has made.
 */
public final class StopSignal {
    private boolean asked;
    private @Nullable Thread waiting;

    /** Something that only waits. */
    @FunctionalInterface
    public interface Wait<T> {
        T run() throws InterruptedException;
    }

    /** Asks the attempt to stop; it does so in its present wait or, if it does not wait, in its next. */
    public synchronized void ask() {
        asked = true;
        if (waiting != null) {
            waiting.interrupt();
        }
    }

    /** Whether the attempt was asked to stop. */
    public synchronized boolean asked() {
        return asked;
    }

    /**
     * Waits until the wait is over or the attempt is asked to stop.
     *
     * @throws StepFailure of kind {@link FailureKind#STOPPED} if it was asked to
     * @throws InterruptedException if the attempt is no longer ours
     */
    public <T> T during(Wait<T> wait) throws InterruptedException {
        begin();
        try {
            return wait.run();
        } catch (InterruptedException | RuntimeException ended) {
            // The client may wrap the interrupt.
            if (asked()) {
                throw stopped();
            }
            throw ended;
        } finally {
            end();
        }
    }

    /** The failure of an attempt that was asked to stop. */
    public static StepFailure stopped() {
        return StepFailure.lasting(
                FailureKind.STOPPED, "The step was stopped because its restore failed elsewhere or is being cancelled");
    }

    private synchronized void begin() {
        if (asked) {
            throw stopped();
        }
        waiting = Thread.currentThread();
    }

    private synchronized void end() {
        waiting = null;
        if (asked) {
            // The interrupt was meant for the wait; what follows must be able to call the cloud.
            Thread.interrupted();
        }
    }
}
