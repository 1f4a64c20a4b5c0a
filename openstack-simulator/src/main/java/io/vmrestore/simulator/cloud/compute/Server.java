package io.vmrestore.simulator.cloud.compute;

import io.vmrestore.simulator.engine.Owner;
import io.vmrestore.simulator.engine.Resource;
import java.time.Instant;

/** A server: what was asked for and where it stands. */
public record Server(String id, Owner owner, ServerSpec spec, ServerState state, Instant createdAt, Instant updatedAt)
        implements Resource {

    public String projectId() {
        return owner.projectId();
    }

    public String name() {
        return spec.name();
    }

    /** Whether it counts against quotas and answers to its id. */
    public boolean exists() {
        return state.vmState() != VmState.DELETED;
    }

    Server with(ServerState newState, Instant at) {
        return new Server(id, owner, spec, newState, createdAt, at);
    }

    Server with(ServerSpec newSpec, Instant at) {
        return new Server(id, owner, newSpec, state, createdAt, at);
    }
}
