package io.vmrestore.planner.dispatch;

import io.vmrestore.planner.dispatch.DispatchMeters.Outcome;

/** A record of the event topic that belongs into the dead-letter topic; the message is the cause given there. */
final class UnusableRecordException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Outcome outcome;

    UnusableRecordException(Outcome outcome, String cause) {
        super(cause);
        this.outcome = outcome;
    }

    Outcome outcome() {
        return outcome;
    }
}
