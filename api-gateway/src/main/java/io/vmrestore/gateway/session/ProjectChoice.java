package io.vmrestore.gateway.session;

import io.vmrestore.gateway.GatewaySettings;
import io.vmrestore.gateway.RoleMapping;
import io.vmrestore.gateway.access.Caller;
import io.vmrestore.gateway.access.HeldRoles;
import io.vmrestore.gateway.access.Keystone;
import io.vmrestore.gateway.access.KeystoneSession;
import io.vmrestore.gateway.access.Project;
import io.vmrestore.gateway.access.RoleScope;
import io.vmrestore.support.access.Reach;
import io.vmrestore.support.access.Role;
import io.vmrestore.support.problem.Problem;
import io.vmrestore.support.problem.ProblemException;
import io.vmrestore.support.problem.ProblemKind;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * The projects of somebody who is signed in, and the change to one of them. Keystone is asked each time, by the token
 * that they signed in with; an outside issuer has named them in its token.
 */
@Component
final class ProjectChoice {
    private final Keystone keystone;
    private final RoleMapping mapping;
    private final RoleScope scope;

    ProjectChoice(Keystone keystone, RoleScope scope, GatewaySettings settings) {
        this.keystone = keystone;
        this.scope = scope;
        this.mapping = settings.login().roleMapping();
    }

    /** Fails with a {@link ProblemException}: 401 if Keystone does not accept the sign-in any more, 502, 504. */
    Mono<List<Project>> projects(Caller caller) {
        @Nullable KeystoneSession session = caller.session();
        return session == null
                ? Mono.just(ofToken(caller))
                : keystone.projects(session.token()).switchIfEmpty(Mono.error(() -> over().asException()));
    }

    /** The caller with the role held on this project. Fails as {@link #projects}; 404 none of theirs, 403 no role. */
    Mono<Caller> choose(Caller caller, String projectId) {
        @Nullable KeystoneSession session = caller.session();
        if (session == null) {
            return Mono.fromSupplier(() -> byToken(caller, projectId));
        }
        return keystone.roles(session.token(), projectId)
                .onErrorMap(ProblemException.class, ProjectChoice::bound)
                .map(held -> in(caller, session, held))
                // Keystone says the same of a token that is over and of a project where there is no role.
                .switchIfEmpty(projects(caller).flatMap(_ -> Mono.error(() -> notYours(projectId))));
    }

    private Caller in(Caller caller, KeystoneSession session, HeldRoles held) {
        Role role = mapping.strongest(held.roles()).orElseThrow(() -> noRole(caller, held.project()));
        return new Caller(caller.name(), scope.of(held, role), held.project(), session, session.until());
    }

    private static List<Project> ofToken(Caller caller) {
        return caller.project() != null
                ? List.of(caller.project())
                : caller.reach().projects().keySet().stream()
                        .map(id -> new Project(id, id))
                        .toList();
    }

    private static Caller byToken(Caller caller, String projectId) {
        Project project = ofToken(caller).stream()
                .filter(known -> known.id().equals(projectId))
                .findFirst()
                .orElseThrow(() -> notYours(projectId));
        @Nullable Role here = caller.reach().projects().get(projectId);
        Reach reach = here == null ? caller.reach() : Reach.within(projectId, here);
        return new Caller(caller.name(), reach, project, null, caller.until());
    }

    private static ProblemException notYours(String projectId) {
        return Problem.of(
                        ProblemKind.PROJECT_NOT_FOUND,
                        "You have no role on a project " + projectId + "; GET /auth/projects lists those on which you"
                                + " have one.")
                .asException();
    }

    private static ProblemException noRole(Caller caller, Project project) {
        return Problem.of(
                        ProblemKind.NO_ROLE,
                        "User " + caller.name() + " has no Keystone role on project " + project.name()
                                + " that RESTORE_ROLE_MAPPING gives a role here. Choose another project, or ask an"
                                + " administrator for a role.")
                .asException();
    }

    private static Problem over() {
        return Problem.of(
                        ProblemKind.UNAUTHENTICATED,
                        "Keystone does not accept any more what you signed in with; sign in again with POST"
                                + " /auth/login.")
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"vm-restore\", error=\"invalid_token\"");
    }

    /** By its policy Keystone exchanges no token of an application credential, nor perhaps any that has a scope. */
    private static Throwable bound(ProblemException refused) {
        boolean forbidden =
                Integer.valueOf(403).equals(refused.problem().members().get("service_status"));
        return forbidden
                ? Problem.of(
                                ProblemKind.NO_ROLE,
                                "Keystone does not exchange this token for one of another project: it is bound to its"
                                        + " own. Sign in with POST /auth/login, or send a token of the other project.")
                        .asException()
                : refused;
    }
}
