package io.vmrestore.gateway.access;

import io.vmrestore.support.access.Permission;
import io.vmrestore.support.access.Reach;
import io.vmrestore.support.access.Role;
import io.vmrestore.support.problem.Problem;
import io.vmrestore.support.problem.ProblemKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import reactor.core.publisher.Mono;

/**
 * The person behind a request, whatever they were authenticated by.
 *
 * @param reach what they may do where, by the token of this request
 * @param project that the token speaks for; null if it speaks for none, or for several
 * @param session their Keystone token, by which they may choose another project; null if the request brings none
 * @param until the end of the token of this request
 */
public record Caller(
        String name,
        Reach reach,
        @Nullable Project project,
        @Nullable KeystoneSession session,
        Instant until) {

    /** Who makes the request that is handled. */
    public static Mono<Caller> current() {
        return ReactiveSecurityContextHolder.getContext()
                .<Object>mapNotNull(context -> context.getAuthentication() == null
                        ? null
                        : context.getAuthentication().getPrincipal())
                .ofType(Caller.class)
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("Nobody is signed in here")));
    }

    Caller with(KeystoneSession theirs) {
        return new Caller(name, reach, project, theirs, until);
    }

    /** The role to be shown; null before a project is chosen. */
    @Nullable
    public String roleName() {
        return reach.strongest().map(Role::wireName).orElse(null);
    }

    /** Whether something of this project may be shown to them at all; if not, it is told like what does not exist. */
    public boolean sees(String projectId) {
        return reach.sees(projectId);
    }

    public boolean may(Permission permission, String projectId) {
        return reach.may(permission, projectId);
    }

    /** @throws io.vmrestore.support.problem.ProblemException 403 unless they may do this in a project that they see */
    public void require(Permission permission, String projectId) {
        if (!may(permission, projectId)) {
            throw lacks(permission).asException();
        }
    }

    /** The problem that tells this caller which permission is missing, or that they have to choose a project first. */
    public Problem lacks(Permission permission) {
        if (reach.isNowhere()) {
            return Problem.of(
                    ProblemKind.PROJECT_REQUIRED,
                    "This needs a token that speaks for a project, and yours speaks for none yet. Choose one with POST"
                            + " /auth/project {\"project_id\": …}; GET /auth/projects lists yours.");
        }
        String role = "which your role " + roleName() + " does not have.";
        boolean elsewhere = permission == Permission.OPERATE
                && reach.strongest().filter(Role.SUPERADMIN::equals).isPresent();
        String held = project == null ? "a project" : "project " + project.name();
        return Problem.of(
                        ProblemKind.MISSING_PERMISSION,
                        "This needs the permission " + permission.wireName() + ", "
                                + (elsewhere
                                        ? "which only a superadmin on the operators' project has; your role superadmin"
                                                + " is held on " + held + " and counts there alone."
                                        : role))
                .with("permission", permission.wireName());
    }

    @Override
    public String toString() {
        return name + " (" + roleName() + ")";
    }
}
