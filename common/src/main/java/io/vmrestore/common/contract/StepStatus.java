package io.vmrestore.common.contract;

/** The states of one step of a restore. */
public enum StepStatus {
    PENDING,
    RUNNING,
    COMPLETED,
    FAILED,
    SKIPPED;

    public boolean terminal() {
        return switch (this) {
            case PENDING, RUNNING -> false;
            case COMPLETED, FAILED, SKIPPED -> true;
        };
    }
}
