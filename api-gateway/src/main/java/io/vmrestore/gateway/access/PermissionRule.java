package io.vmrestore.gateway.access;

import io.vmrestore.common.access.Permission;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.ReactiveAuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.authorization.AuthorizationContext;
import reactor.core.publisher.Mono;

/** Lets a caller pass who has a permission; a denial remembers which one, so that the answer can name it. */
record PermissionRule(Permission permission) implements ReactiveAuthorizationManager<AuthorizationContext> {

    /** The answer of the rule. */
    record Decision(Permission permission, boolean isGranted) implements AuthorizationResult {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public Mono<AuthorizationResult> authorize(Mono<Authentication> authentication, AuthorizationContext context) {
        return authentication
                .map(known -> known.getPrincipal() instanceof Caller caller && caller.may(permission))
                .defaultIfEmpty(false)
                .map(granted -> new Decision(permission, granted));
    }
}
