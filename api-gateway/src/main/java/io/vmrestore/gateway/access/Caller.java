package io.vmrestore.gateway.access;

import io.vmrestore.support.access.Permission;
import io.vmrestore.support.access.Role;
import io.vmrestore.support.problem.Problem;
import io.vmrestore.support.problem.ProblemKind;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import reactor.core.publisher.Mono;

/** The person behind a request, whatever they were authenticated by. */
public record Caller(String name, Role role) {

    /** Who makes the request that is handled. */
    static Mono<Caller> current() {
        return ReactiveSecurityContextHolder.getContext()
                .<Object>mapNotNull(context -> context.getAuthentication() == null
                        ? null
                        : context.getAuthentication().getPrincipal())
                .ofType(Caller.class)
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("Nobody is signed in here")));
    }

    public boolean may(Permission permission) {
        return role.permissions().contains(permission);
    }

    /** The problem that tells this caller which permission is missing. */
    public Problem lacks(Permission permission) {
        return Problem.of(
                        ProblemKind.MISSING_PERMISSION,
                        "This needs the permission " + permission.wireName() + ", which your role " + role.wireName()
                                + " does not have.")
                .with("permission", permission.wireName());
    }

    @Override
    public String toString() {
        return name + " (" + role.wireName() + ")";
    }
}
