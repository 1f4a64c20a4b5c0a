package io.vmrestore.executor.attempt;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The attempts at work, by restore: whom to ask to stop when a restore is to be stopped. */
public final class StopSignals {
    private final StoppedRestores stopped = new StoppedRestores();
    private final Map<UUID, List<StopSignal>> atWork = new HashMap<>();

    /**
     * Asks the restore's attempts to stop, and those that begin later.
     *
     * @param told when the stop was published
     */
    public synchronized void stop(UUID jobId, Instant told) {
        stopped.add(jobId, told);
        atWork.getOrDefault(jobId, List.of()).forEach(StopSignal::ask);
    }

    /** Asks the attempt to stop when its restore is to be stopped, at once if it is already. */
    synchronized void register(UUID jobId, StopSignal signal) {
        atWork.computeIfAbsent(jobId, _ -> new ArrayList<>()).add(signal);
        if (stopped.contains(jobId)) {
            signal.ask();
        }
    }

    synchronized void deregister(UUID jobId, StopSignal signal) {
        List<StopSignal> signals = atWork.get(jobId);
        if (signals != null) {
            signals.remove(signal);
            if (signals.isEmpty()) {
                atWork.remove(jobId);
            }
        }
    }
}
