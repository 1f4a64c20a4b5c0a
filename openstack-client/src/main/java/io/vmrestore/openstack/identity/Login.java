package io.vmrestore.openstack.identity;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who Keystone says somebody is.
 *
 * @param userId the user's id
 * @param userName the user's name
 * @param userDomain name of the user's domain
 * @param projectId the project of the scope; null if there is none
 * @param projectName its name; null if there is none
 * @param roles names of the roles in that project, implied ones included; empty without a project
 * @param expiresAt when the token behind this ends
 */
public record Login(
        String userId,
        String userName,
        String userDomain,
        @Nullable String projectId,
        @Nullable String projectName,
        List<String> roles,
        Instant expiresAt) {

    /** Keeps its own copy of the roles. */
    public Login {
        roles = List.copyOf(roles);
    }
}
