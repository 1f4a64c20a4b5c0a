package io.vmrestore.gateway.access;

import java.util.List;

/**
 * The roles that somebody has on a project, as Keystone says.
 *
 * @param domainName of the project; names of projects are unique within their domain only
 * @param roles Keystone's names of them, implied ones included
 */
public record HeldRoles(Project project, String domainName, List<String> roles) {
    /** Keeps its own copy. */
    public HeldRoles {
        roles = List.copyOf(roles);
    }
}
