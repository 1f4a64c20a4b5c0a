package io.vmrestore.support.api;

import java.util.List;

/** The snapshots of a project that a VM can be restored to, newest first. */
public record SnapshotList(Reference project, List<SnapshotSummary> snapshots) {}
