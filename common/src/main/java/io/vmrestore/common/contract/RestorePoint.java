package io.vmrestore.common.contract;

import java.time.Instant;

/**
 * The snapshot a VM is restored from.
 *
 * @param sizeGigabytes in GiB; the new volume is at least this large
 */
public record RestorePoint(String id, String name, String volumeId, int sizeGigabytes, Instant createdAt) {}
