package io.vmrestore.simulator.cloud.identity;

import io.vmrestore.simulator.engine.Resource;

/** A project (tenant) of the default domain. */
public record Project(String id, String name, String description, boolean enabled) implements Resource {
    public Project withEnabled(boolean value) {
        return new Project(id, name, description, value);
    }
}
