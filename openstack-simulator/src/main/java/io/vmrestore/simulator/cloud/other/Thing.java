package io.vmrestore.simulator.cloud.other;

import io.vmrestore.simulator.engine.Owner;
import io.vmrestore.simulator.engine.Resource;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/**
 * A resource that is only kept, such as a router or a QoS policy.
 *
 * @param kind where it belongs, such as {@code network/routers}
 * @param fields as the API shows them
 * @param revision how often it was changed
 */
public record Thing(
        String id, String kind, Owner owner, ObjectNode fields, Instant createdAt, Instant updatedAt, int revision)
        implements Resource {

    /** The same with other fields. */
    public Thing with(ObjectNode changed, Instant now) {
        return new Thing(id, kind, owner, changed, createdAt, now, revision + 1);
    }
}
