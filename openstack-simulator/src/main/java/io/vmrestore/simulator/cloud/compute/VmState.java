package io.vmrestore.simulator.cloud.compute;

/** A server's state by Nova's names, with the status that the API shows for it and the power the guest has. */
public enum VmState {
    BUILDING("building", "BUILD", 0),
    ACTIVE("active", "ACTIVE", 1),
    STOPPED("stopped", "SHUTOFF", 4),
    ERROR("error", "ERROR", 0),
    SOFT_DELETED("soft-delete", "SOFT_DELETED", 4),
    DELETED("deleted", "DELETED", 0);

    private final String text;
    private final String status;
    private final int power;

    VmState(String text, String status, int power) {
        this.text = text;
        this.status = status;
        this.power = power;
    }

    public String text() {
        return text;
    }

    public String status() {
        return status;
    }

    public int power() {
        return power;
    }
}
