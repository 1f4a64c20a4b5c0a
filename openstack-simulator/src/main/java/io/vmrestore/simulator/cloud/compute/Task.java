package io.vmrestore.simulator.cloud.compute;

/** What is being done to a server, by Nova's names; between tasks it is null. */
public final class Task {
    public static final String SCHEDULING = "scheduling";
    public static final String BLOCK_DEVICE_MAPPING = "block_device_mapping";
    public static final String SPAWNING = "spawning";
    public static final String DELETING = "deleting";
    public static final String SOFT_DELETING = "soft-deleting";
    public static final String RESTORING = "restoring";
    public static final String REBOOTING = "rebooting";
    public static final String REBOOTING_HARD = "rebooting_hard";
    public static final String POWERING_OFF = "powering-off";
    public static final String POWERING_ON = "powering-on";

    private Task() {}
}
