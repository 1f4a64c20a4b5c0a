package io.vmrestore.executor.attempt;

import io.vmrestore.openstack.failure.CloudException;

/** A step with the task that an attempt is to carry out. */
public interface BoundStep {

    /**
     * Carries it out; what is made, noted and found out goes into the attempt.
     *
     * @throws StepFailure if it cannot be done
     * @throws CloudException if the cloud refused or failed
     * @throws InterruptedException if the attempt is no longer ours
     */
    void execute(Attempt attempt) throws InterruptedException;

    /**
     * Names what was made of it, whichever attempt or executor it was.
     *
     * @throws CloudException if it cannot be looked up
     */
    void nameMade(Attempt attempt);

    /** Whether it is worth a look even if it begins behind its deadline. */
    boolean mayBeginLate();
}
