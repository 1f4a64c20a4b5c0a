package io.vmrestore.support.api;

import io.vmrestore.common.contract.BootMode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A VM and whether it can be restored.
 *
 * @param status Nova's status, such as {@code ACTIVE}
 * @param bootVolumeId null if it boots from an image, or has no volume at its root device
 * @param flavor name of its flavor; empty if the cloud is too old to tell
 * @param restorable whether there is a restore point to plan with
 * @param reason why not; null if there is
 * @param replaceNotes what stands against mode REPLACE alone, as things are now
 * @param restorePoints how many there are, available or not
 * @param newestRestorePointAt when the newest of them was taken; null if there is none
 * @param usableRestorePoints how many of them a plan can be made with
 * @param newestUsableRestorePointAt when the newest of these was taken; null if there is none
 */
public record VmSummary(
        String id,
        String name,
        String status,
        BootMode bootMode,
        @Nullable String bootVolumeId,
        String flavor,
        List<VmAddresses> addresses,
        boolean restorable,
        @Nullable String reason,
        List<String> replaceNotes,
        int restorePoints,
        @Nullable Instant newestRestorePointAt,
        int usableRestorePoints,
        @Nullable Instant newestUsableRestorePointAt) {}
