package io.vmrestore.common.lifecycle;

/**
 * Settings that dispatch decides by.
 *
 * @param dryRun plans are made, nothing is executed
 * @param cleanupVolumes a failed restore's volume is removed as well
 */
public record DispatchPolicy(boolean dryRun, boolean cleanupVolumes) {}
