package io.vmrestore.common.contract;

import org.jspecify.annotations.Nullable;

/** A volume attached to the original VM. */
public record AttachedVolume(String volumeId, @Nullable String device, boolean boot, boolean deleteOnTermination) {}
