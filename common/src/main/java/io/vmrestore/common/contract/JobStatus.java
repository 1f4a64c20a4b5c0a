package io.vmrestore.common.contract;

/** The states of a restore. Terminal states are final: no later event changes them. */
public enum JobStatus {
    /** The request is accepted, the plan is not ready. */
    PLANNING,
    /** The plan is ready and waits to be executed. */
    PLANNED,
    /** Execution was requested and is not yet admitted. */
    PENDING,
    RUNNING,
    COMPLETED,
    FAILED,
    CANCELLED,
    INTERRUPTED,
    DRY_RUN;

    public boolean terminal() {
        return switch (this) {
            case PLANNING, PLANNED, PENDING, RUNNING -> false;
            case COMPLETED, FAILED, CANCELLED, INTERRUPTED, DRY_RUN -> true;
        };
    }

    /** Whether steps may be at work in the cloud. */
    public boolean active() {
        return this == PENDING || this == RUNNING;
    }
}
