package io.vmrestore.simulator.cloud.identity;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who makes a call: a valid token with what it stands for at this moment. */
public record Caller(Token token, User user, @Nullable Project project, List<Role> roles) {

    public String userId() {
        return user.id();
    }

    /** The token's project; every service but Keystone demands one. */
    public String projectId() {
        if (project == null) {
            throw new IllegalStateException("The token has no project.");
        }
        return project.id();
    }

    public boolean hasRole(String name) {
        return roles.stream().anyMatch(role -> role.name().equals(name));
    }

    /** The admin role on any project reaches every project's resources by id. */
    public boolean isAdmin() {
        return hasRole(Role.ADMIN);
    }

    /** Readers may look but not change, as newer releases enforce. */
    public boolean mayChange() {
        return hasRole(Role.MEMBER);
    }

    public boolean sees(String ownerProjectId) {
        return isAdmin() || projectId().equals(ownerProjectId);
    }
}
