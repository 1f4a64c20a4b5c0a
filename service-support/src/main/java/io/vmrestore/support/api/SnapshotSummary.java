package io.vmrestore.support.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of a volume that a VM boots from or was restored from.
 *
 * @param name empty if it has none
 * @param status Cinder's status, such as {@code available}
 * @param sizeGigabytes in GiB
 * @param createdAt when it was taken
 * @param vm the VM that boots from the volume now, or else the first by name that was restored from it
 * @param otherVms further VMs that can be restored to it, by name
 * @param restorable whether a plan can be made with it now
 * @param reason why not; null if it can
 */
public record SnapshotSummary(
        String id,
        String name,
        String status,
        int sizeGigabytes,
        Instant createdAt,
        Reference volume,
        Reference vm,
        List<Reference> otherVms,
        boolean restorable,
        @Nullable String reason) {}
