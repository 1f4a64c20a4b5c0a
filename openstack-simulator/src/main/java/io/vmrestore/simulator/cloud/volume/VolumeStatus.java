package io.vmrestore.simulator.cloud.volume;

import io.vmrestore.simulator.engine.Refused;

/** A volume's or snapshot's status by Cinder's names. */
public enum VolumeStatus {
    CREATING("creating"),
    AVAILABLE("available"),
    RESERVED("reserved"),
    ATTACHING("attaching"),
    IN_USE("in-use"),
    DETACHING("detaching"),
    DELETING("deleting"),
    ERROR("error"),
    ERROR_DELETING("error_deleting");

    private final String text;

    VolumeStatus(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    /** The status with Cinder's name for it. */
    public static VolumeStatus of(String text) {
        for (VolumeStatus status : values()) {
            if (status.text.equals(text)) {
                return status;
            }
        }
        throw Refused.badRequest("Must specify a valid status, not '" + text + "'");
    }
}
