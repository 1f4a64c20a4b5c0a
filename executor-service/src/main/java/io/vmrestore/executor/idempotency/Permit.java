package io.vmrestore.executor.idempotency;

import io.vmrestore.intake.RevokedException;

/** Asked right before a step makes something. */
@FunctionalInterface
public interface Permit {

    /** @throws RevokedException if the step is not certainly ours any more, such as after the process was frozen */
    void require() throws InterruptedException;
}
