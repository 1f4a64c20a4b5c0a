package io.vmrestore.simulator.cloud.network;

import io.vmrestore.simulator.engine.Resource;
import java.time.Instant;
import java.util.List;

/** A security group with its rules. */
public record SecurityGroup(
        String id, String projectId, String name, String description, List<SecurityGroupRule> rules, Instant createdAt)
        implements Resource {
    public static final String DEFAULT = "default";

    /** The same group with other rules. */
    public SecurityGroup with(List<SecurityGroupRule> changed) {
        return new SecurityGroup(id, projectId, name, description, changed, createdAt);
    }
}
