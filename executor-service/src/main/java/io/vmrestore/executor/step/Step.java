package io.vmrestore.executor.step;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.executor.attempt.StepFailure;
import io.vmrestore.openstack.failure.CloudException;

/**
 * What one action does; {@link Steps} finds it by {@link #action}. What undoes it is a step of its own, with an action
 * of its own, in the same package. Every wait goes through {@link Attempt#stop}.
 *
 * @param <T> what it must know
 */
public interface Step<T extends StepTask> {

    /** The action that is carried out. */
    Action action();

    /** The class of the action's tasks. */
    Class<T> taskType();

    /**
     * Carries a task out; what is made, noted and found out goes into the attempt. It is carried out again after a
     * crash and by another executor, so it must be safe to repeat.
     *
     * @throws StepFailure if it cannot be done
     * @throws CloudException if the cloud refused or failed
     * @throws InterruptedException if the attempt is no longer ours
     */
    void execute(T task, Attempt attempt) throws InterruptedException;

    /**
     * Names what the step has made, whichever attempt or executor it was; nothing where it makes nothing.
     *
     * @throws CloudException if it cannot be looked up
     */
    default void nameMade(T task, Attempt attempt) {}

    /** Whether it is worth a look even if it begins behind its deadline; so for a step that only waits. */
    default boolean mayBeginLate() {
        return false;
    }
}
