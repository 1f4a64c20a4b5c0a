package io.vmrestore.gateway.access;

import io.vmrestore.support.access.Permission;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.ReactiveAuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.authorization.AuthorizationContext;
import reactor.core.publisher.Mono;

/** Lets a caller pass who has a permission; a denial remembers which one, so that the answer can name it. */
record PermissionRule(Permission permission) implements ReactiveAuthorizationManager<AuthorizationContext> {

    /** Spring Security replaces a negative result by an exception of its own, which would forget the permission. */
    static final class Denied extends AccessDeniedException {
        private static final long serialVersionUID = 1L;

        private final Permission permission;

        Denied(Permission permission) {
            super(permission.wireName() + " is missing");
            this.permission = permission;
        }

        Permission permission() {
            return permission;
        }
    }

    @Override
    public Mono<AuthorizationResult> authorize(Mono<Authentication> authentication, AuthorizationContext context) {
        return authentication
                .filter(known -> known.getPrincipal() instanceof Caller caller && caller.may(permission))
                .<AuthorizationResult>map(_ -> new AuthorizationDecision(true))
                .switchIfEmpty(Mono.error(() -> new Denied(permission)));
    }
}
