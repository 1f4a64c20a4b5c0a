package io.vmrestore.verification.simulation;

/** Records that become visible together, or never. */
final class Transaction {
    private enum State {
        OPEN,
        COMMITTED,
        ABORTED
    }

    private State state = State.OPEN;

    boolean open() {
        return state == State.OPEN;
    }

    boolean committed() {
        return state == State.COMMITTED;
    }

    void commit() {
        state = State.COMMITTED;
    }

    void abort() {
        state = State.ABORTED;
    }
}
