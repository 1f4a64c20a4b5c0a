package io.vmrestore.executor.attempt;

import io.vmrestore.openstack.failure.CloudException;

/** What an attempt has to do: a step with its task. */
public interface Work {

    /**
     * Does it; what is made, noted and found out goes into the attempt.
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
