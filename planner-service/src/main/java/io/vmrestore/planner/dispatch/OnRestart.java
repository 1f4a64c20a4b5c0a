package io.vmrestore.planner.dispatch;

/** What becomes of restores at work when a planner-service starts and takes them up. */
public enum OnRestart {
    /** They go on where they stopped. */
    RESUME,
    /** They become INTERRUPTED and have to be asked for again, as in the system that this one replaces. */
    INTERRUPT
}
