package io.vmrestore.support.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot that a VM can be restored to.
 *
 * @param name empty if it has none
 * @param status Cinder's status, such as {@code available}
 * @param sizeGigabytes in GiB; the restored boot volume is at least as large
 * @param createdAt when it was taken
 * @param volumeId the volume it was taken of
 * @param ofPresentBootVolume false if that volume is one that the VM was restored from
 * @param restorable whether a plan can be made with it now
 * @param reason why not; null if it can
 */
public record RestorePointSummary(
        String id,
        String name,
        String status,
        int sizeGigabytes,
        Instant createdAt,
        String volumeId,
        boolean ofPresentBootVolume,
        boolean restorable,
        @Nullable String reason) {}
