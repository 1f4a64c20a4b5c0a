package io.vmrestore.openstack.identity;

import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.failure.FailedCall;
import io.vmrestore.openstack.settings.ServiceUser;
import io.vmrestore.openstack.transport.AccessToken;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets tokens of the service user in any project. Before each, its admin role there is checked and, where it is
 * missing, granted with the admin credentials; a restored VM belongs to the tenant because of that scope.
 */
public final class ServiceUserAccess {

    private static final Logger log = LoggerFactory.getLogger(ServiceUserAccess.class);
    private static final String ROLE = "admin";

    private final ServiceUser user;
    private final Authentication authentication;
    private final Identity identity;
    private final AtomicReference<@Nullable String> userId = new AtomicReference<>();

    /** For this user, with roles looked after by that identity. */
    public ServiceUserAccess(ServiceUser user, Authentication authentication, Identity identity) {
        this.user = user;
        this.authentication = authentication;
        this.identity = identity;
    }

    /**
     * A token scoped to the project.
     *
     * @throws CloudException.Unauthorized if the password is wrong or the role is missing and could not be granted
     * @throws CloudException.Misconfigured if there is no such user
     */
    public AccessToken token(String projectId) {
        ensureRole(projectId);
        try {
            return authentication.serviceUser(user, projectId);
        } catch (CloudException.Unauthorized e) {
            throw new CloudException.Unauthorized(explained(
                    e.call(),
                    ("Keystone refuses the snapshot service user %s in project %s: its password is wrong, or it has no "
                                    + "%s role there, or user or project is disabled")
                            .formatted(user.email(), projectId, ROLE)));
        }
    }

    private void ensureRole(String projectId) {
        try {
            String id = userId();
            if (!identity.hasRole(id, projectId, ROLE)) {
                identity.grantRole(id, projectId, ROLE);
                log.info("Granted the role {} in project {} to the snapshot service user", ROLE, projectId);
            }
        } catch (CloudException.Forbidden e) {
            // The role may have been given by a group or a domain; the token request will tell.
            log.warn(
                    "The admin credentials may not check or grant the snapshot service user's role in project {}: {}",
                    projectId,
                    e.getMessage());
        }
    }

    private String userId() {
        String known = userId.get();
        if (known != null) {
            return known;
        }
        String id = identity.userNamed(user.email(), user.domain())
                .map(User::id)
                .orElseThrow(() -> identity.lacking(
                        "/users",
                        "there is no user %s in domain %s: create it, or correct SNAPSHOT_SERVICE_USER_EMAIL and _DOMAIN"
                                .formatted(user.email(), user.domain())));
        userId.set(id);
        return id;
    }

    private static FailedCall explained(FailedCall call, String message) {
        return new FailedCall(
                call.service(),
                call.method(),
                call.path(),
                call.status(),
                message,
                call.requestId(),
                call.cloudRequestId());
    }
}
