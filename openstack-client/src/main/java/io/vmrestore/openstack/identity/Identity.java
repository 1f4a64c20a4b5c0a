package io.vmrestore.openstack.identity;

import io.vmrestore.openstack.CloudException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keystone: checks logins and tokens, and looks up projects, users and roles with the admin credentials. */
public final class Identity {

    Identity() {}

    /** The same, with {@code req-<uuid>} sent instead of a new id per request. */
    public Identity withRequestId(String requestId) {
        throw new UnsupportedOperationException();
    }

    /**
     * Checks a name and a password, then the roles in a project. Without a project the credentials' own is taken if the
     * user has a role there, else the first by name of the user's projects, else none (no roles).
     *
     * @param domain name or id of the user's domain; the credentials' user domain if null
     * @param project name (in the user's domain) or id of the project
     * @throws CloudException.Unauthorized if Keystone does not accept the name and password
     * @throws CloudException.Forbidden if it does, but the user has no role in the project
     */
    public Login login(String userName, String password, @Nullable String domain, @Nullable String project) {
        throw new UnsupportedOperationException();
    }

    /**
     * Who holds this token.
     *
     * @throws CloudException.Unauthorized if it is unknown, revoked or has expired
     */
    public Login validate(String token) {
        throw new UnsupportedOperationException();
    }

    /** The admin credentials' own login: proves that they work and tells their project. */
    public Login self() {
        throw new UnsupportedOperationException();
    }

    /**
     * The project with this id.
     *
     * @throws CloudException.NotFound if there is none
     */
    public Project project(String id) {
        throw new UnsupportedOperationException();
    }

    /** Projects of that name, in every domain that the credentials may see; empty if there is none. */
    public List<Project> projectsNamed(String name) {
        throw new UnsupportedOperationException();
    }

    /** All projects that the credentials may list, by name. */
    public List<Project> projects() {
        throw new UnsupportedOperationException();
    }

    /** The user of that name in that domain (name or id); an empty name is refused, as Keystone would ignore it. */
    public Optional<User> userNamed(String name, String domain) {
        throw new UnsupportedOperationException();
    }

    /** Whether the user holds the role in the project by direct assignment. */
    public boolean hasRole(String userId, String projectId, String roleName) {
        throw new UnsupportedOperationException();
    }

    /** Assigns the role in the project; again is no error. */
    public void grantRole(String userId, String projectId, String roleName) {
        throw new UnsupportedOperationException();
    }
}
