package io.vmrestore.support.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The restore points of a VM, newest first.
 *
 * @param restorable whether any of them can be planned with
 * @param reason why not; null if one can
 * @param unreadable snapshots of its boot volumes that cannot be read
 */
public record RestorePointList(
        Reference project,
        Reference vm,
        boolean restorable,
        @Nullable String reason,
        List<RestorePointSummary> restorePoints,
        List<UnreadableSummary> unreadable) {}
