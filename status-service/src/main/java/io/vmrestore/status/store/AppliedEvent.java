package io.vmrestore.status.store;

import io.vmrestore.common.contract.RestoreEvent;

/**
 * An event that changed its restore.
 *
 * @param version the version of the restore that it made
 */
public record AppliedEvent(long version, RestoreEvent event) {}
