package io.vmrestore.status.store;

import java.time.Instant;
import java.util.UUID;

/** The last job of a page; the next page begins after it. */
public record PagePosition(Instant createdAt, UUID jobId) {}
