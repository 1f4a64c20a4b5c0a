package io.vmrestore.simulator.cloud.identity;

import io.vmrestore.simulator.engine.Resource;

/** A user has a role on a project. */
public record Assignment(String userId, String projectId, String roleId) implements Resource {
    @Override
    public String id() {
        return projectId + "/" + userId + "/" + roleId;
    }
}
