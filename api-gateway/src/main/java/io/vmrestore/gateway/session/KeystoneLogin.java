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
import java.util.Comparator;
import java.util.List;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Finds what a person reaches who signs in with a Keystone user name and password. */
@Component
public final class KeystoneLogin {
    /** Projects asked at the same time; one login must not flood Keystone. */
    private static final int PROJECTS_AT_ONCE = 4;

    private final Keystone keystone;
    private final RoleMapping mapping;
    private final RoleScope scope;
    private final LoginLimits limits;

    KeystoneLogin(Keystone keystone, RoleScope scope, GatewaySettings settings, LoginLimits limits) {
        this.keystone = keystone;
        this.scope = scope;
        this.mapping = settings.login().roleMapping();
        this.limits = limits;
    }

    /**
     * What a person types to sign in.
     *
     * @param project name or id of the project whose roles count; null: the operators' project if they have a role
     *     there, otherwise none yet
     */
    public record Credentials(
            String userName,
            String password,
            String domain,
            @Nullable String project) {

        /** Never shows the password. */
        @Override
        public String toString() {
            return domain + "/" + userName;
        }
    }

    /**
     * Who has signed in.
     *
     * @param projects to choose from; null if one is chosen
     */
    record SignedIn(Caller caller, @Nullable List<Project> projects) {}

    /**
     * What the person's Keystone roles give.
     *
     * @return fails with a {@link ProblemException}: 401 wrong credentials, 403 no role, 429 too many failures, 502 or
     *     504 if Keystone cannot be asked
     */
    Mono<SignedIn> login(Credentials credentials, String clientAddress) {
        return Mono.defer(() -> {
            LoginLimits.Attempt attempt = limits.begin(credentials.userName(), credentials.domain(), clientAddress);
            return Mono.delay(attempt.delay())
                    .then(keystone.unscopedToken(credentials.userName(), credentials.domain(), credentials.password()))
                    .switchIfEmpty(Mono.error(() -> Problem.of(
                                    ProblemKind.INVALID_CREDENTIALS,
                                    "The identity service does not accept this user name and password in the domain "
                                            + credentials.domain() + ".")
                            .asException()))
                    .flatMap(session -> keystone.projects(session.token())
                            .defaultIfEmpty(List.of())
                            .flatMap(projects -> signedIn(credentials, session, projects)))
                    .doOnSuccess(_ -> attempt.succeed())
                    .doOnError(error -> {
                        if (!wrongCredentials(error)) {
                            attempt.forgive();
                        }
                    })
                    .doFinally(_ -> attempt.end());
        });
    }

    private Mono<SignedIn> signedIn(Credentials credentials, KeystoneSession session, List<Project> projects) {
        if (scope.global()) {
            return anywhere(credentials, session, projects);
        }
        @Nullable String wanted = credentials.project();
        if (wanted != null) {
            return Mono.fromSupplier(() -> named(credentials, wanted, projects))
                    .flatMap(project -> held(session, project.id()))
                    .flatMap(held -> Mono.justOrEmpty(mapping.strongest(held.roles()))
                            .map(role -> caller(credentials.userName(), session, held, role)))
                    .map(caller -> new SignedIn(caller, null))
                    .switchIfEmpty(Mono.error(() -> noRole(credentials)));
        }
        if (projects.isEmpty()) {
            return Mono.error(() -> noRole(credentials));
        }
        return Flux.fromIterable(projects)
                .filter(scope::mayBeOperators)
                .concatMap(project -> held(session, project.id()))
                .concatMap(held -> Mono.justOrEmpty(mapping.strongest(held.roles()))
                        .map(role -> caller(credentials.userName(), session, held, role)))
                // Another domain may have a project of the same name.
                .filter(caller -> caller.reach().seesAll())
                .next()
                .map(operator -> new SignedIn(operator, null))
                .defaultIfEmpty(new SignedIn(
                        new Caller(credentials.userName(), Reach.nowhere(), null, session, session.until()), projects));
    }

    /** The strongest role on any project, or on the one that is named, counts everywhere. */
    private Mono<SignedIn> anywhere(Credentials credentials, KeystoneSession session, List<Project> projects) {
        return Flux.fromIterable(projects)
                .filter(project -> credentials.project() == null
                        || credentials.project().equals(project.name())
                        || credentials.project().equals(project.id()))
                .flatMap(project -> held(session, project.id()), PROJECTS_AT_ONCE)
                .flatMap(held -> Mono.justOrEmpty(mapping.strongest(held.roles())))
                // Nothing is stronger, so further projects need not be asked.
                .takeUntil(role -> role == Role.SUPERADMIN)
                .reduce(BinaryOperator.maxBy(Comparator.naturalOrder()))
                .map(role -> new SignedIn(
                        new Caller(credentials.userName(), Reach.everywhere(role), null, session, session.until()),
                        null))
                .switchIfEmpty(Mono.error(() -> noRole(credentials)));
    }

    private Mono<HeldRoles> held(KeystoneSession session, String projectId) {
        return keystone.roles(session.token(), projectId);
    }

    private Caller caller(String name, KeystoneSession session, HeldRoles held, Role role) {
        return new Caller(name, scope.of(held, role), held.project(), session, session.until());
    }

    /** By its id, or by a name that one of the person's projects alone has. */
    private static Project named(Credentials credentials, String wanted, List<Project> projects) {
        List<Project> found =
                projects.stream().filter(project -> wanted.equals(project.id())).toList();
        if (found.isEmpty()) {
            found = projects.stream()
                    .filter(project -> wanted.equals(project.name()))
                    .toList();
        }
        if (found.size() > 1) {
            throw Problem.of(
                            ProblemKind.INVALID_REQUEST,
                            found.size() + " of your projects, in different domains, are named " + wanted
                                    + "; give the id of the one you mean: "
                                    + String.join(
                                            ", ",
                                            found.stream().map(Project::id).toList()) + ".")
                    .asException();
        }
        if (found.isEmpty()) {
            throw noRole(credentials);
        }
        return found.getFirst();
    }

    private static ProblemException noRole(Credentials credentials) {
        String where = credentials.project() == null ? "any project" : "project " + credentials.project();
        return Problem.of(
                        ProblemKind.NO_ROLE,
                        "The password is right, but user " + credentials.userName() + " has no Keystone role on "
                                + where + " that RESTORE_ROLE_MAPPING gives a role here. Ask an administrator for one.")
                .asException();
    }

    private static boolean wrongCredentials(Throwable error) {
        return error instanceof ProblemException known && known.problem().kind() == ProblemKind.INVALID_CREDENTIALS;
    }
}
