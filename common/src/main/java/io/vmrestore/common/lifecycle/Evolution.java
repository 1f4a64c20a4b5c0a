package io.vmrestore.common.lifecycle;

import io.vmrestore.common.contract.RestoreEvent;
import org.jspecify.annotations.Nullable;

/**
 * {@code evolve}: how the state of a restore follows from its events. Pure; time arrives inside the events. What runs
 * is {@link JobTable} and, for the steps of a running restore, {@link StepTable}.
 */
public final class Evolution {
    private Evolution() {}

    /**
     * Applies one event.
     *
     * @param state the state so far; null if the job is unknown
     */
    public static Transition evolve(@Nullable JobState state, RestoreEvent event) {
        return JobTable.answer(state, event);
    }
}
