package io.vmrestore.simulator.cloud.network;

import io.vmrestore.simulator.engine.Resource;
import java.time.Instant;

/** A network; a shared one may be used by every project, but only its owner may choose addresses on it. */
public record Network(String id, String projectId, String name, boolean shared, boolean external, Instant createdAt)
        implements Resource {}
