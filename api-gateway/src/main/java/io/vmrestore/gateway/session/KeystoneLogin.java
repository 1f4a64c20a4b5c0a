package io.vmrestore.gateway.session;

import io.vmrestore.gateway.GatewaySettings;
import io.vmrestore.gateway.RoleMapping;
import io.vmrestore.gateway.access.Keystone;
import io.vmrestore.support.access.Role;
import io.vmrestore.support.problem.Problem;
import io.vmrestore.support.problem.ProblemException;
import io.vmrestore.support.problem.ProblemKind;
import java.util.Comparator;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Finds the role of a person who signs in with a Keystone user name and password. */
@Component
public final class KeystoneLogin {
    /** Projects asked at the same time; one login must not flood Keystone. */
    private static final int PROJECTS_AT_ONCE = 4;

    private final Keystone keystone;
    private final RoleMapping mapping;
    private final LoginLimits limits;

    KeystoneLogin(Keystone keystone, GatewaySettings settings, LoginLimits limits) {
        this.keystone = keystone;
        this.mapping = settings.login().roleMapping();
        this.limits = limits;
    }

    /**
     * What a person types to sign in.
     *
     * @param project name or id of the project whose roles count; null: the strongest role on any project
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
     * The role that the person's Keystone roles give.
     *
     * @return fails with a {@link ProblemException}: 401 wrong credentials, 403 no role, 429 too many failures, 502 or
     *     504 if Keystone cannot be asked
     */
    public Mono<Role> login(Credentials credentials, String clientAddress) {
        return Mono.defer(() -> {
            LoginLimits.Attempt attempt = limits.begin(credentials.userName(), credentials.domain(), clientAddress);
            return keystone.unscopedToken(credentials.userName(), credentials.domain(), credentials.password())
                    .switchIfEmpty(Mono.error(() -> Problem.of(
                                    ProblemKind.INVALID_CREDENTIALS,
                                    "The identity service does not accept this user name and password in the domain "
                                            + credentials.domain() + ".")
                            .asException()))
                    .flatMap(token -> role(credentials, token))
                    .doOnSuccess(_ -> attempt.forgive())
                    .doOnError(error -> {
                        if (!wrongCredentials(error)) {
                            attempt.forgive();
                        }
                    });
        });
    }

    private Mono<Role> role(Credentials credentials, String token) {
        return keystone.projects(token)
                .filter(project -> credentials.project() == null
                        || credentials.project().equals(project.name())
                        || credentials.project().equals(project.id()))
                .flatMap(project -> keystone.roles(token, project), PROJECTS_AT_ONCE)
                .flatMap(roles -> Mono.justOrEmpty(mapping.strongest(roles)))
                // Nothing is stronger, so further projects need not be asked.
                .takeUntil(role -> role == Role.SUPERADMIN)
                .reduce(BinaryOperator.maxBy(Comparator.naturalOrder()))
                .switchIfEmpty(Mono.error(() -> noRole(credentials)));
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
