package io.vmrestore.simulator.cloud.volume;

import io.vmrestore.simulator.engine.Resource;
import java.time.Instant;

/** Why an accepted request failed: the only place where Cinder tells. */
public record Message(String id, String projectId, String volumeId, String text, String requestId, Instant createdAt)
        implements Resource {}
