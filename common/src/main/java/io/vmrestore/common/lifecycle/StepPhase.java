package io.vmrestore.common.lifecycle;

/** The states of a step of a running restore, as its events distinguish them. */
enum StepPhase {
    PENDING,
    /** Pending as well, but an executor was asked, so that an answer may come. */
    COMMANDED,
    RUNNING,
    COMPLETED,
    FAILED,
    SKIPPED;

    static StepPhase of(StepState step) {
        return switch (step.status()) {
            case PENDING -> step.inFlight() ? COMMANDED : PENDING;
            case RUNNING -> RUNNING;
            case COMPLETED -> COMPLETED;
            case FAILED -> FAILED;
            case SKIPPED -> SKIPPED;
        };
    }
}
