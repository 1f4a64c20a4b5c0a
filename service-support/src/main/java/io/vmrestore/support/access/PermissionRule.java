package io.vmrestore.support.access;

import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.ReactiveAuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.authorization.AuthorizationContext;
import reactor.core.publisher.Mono;

/** Lets a caller pass who has a permission; a denial remembers which one, so that the answer can name it. */
record PermissionRule(Permission permission) implements ReactiveAuthorizationManager<AuthorizationContext> {

    @Override
    public Mono<AuthorizationResult> authorize(Mono<Authentication> authentication, AuthorizationContext context) {
        return authentication
                .filter(caller -> caller.isAuthenticated()
                        && caller.getAuthorities().stream()
                                .anyMatch(each -> permission.wireName().equals(each.getAuthority())))
                .<AuthorizationResult>map(_ -> new AuthorizationDecision(true))
                .switchIfEmpty(Mono.error(() -> new MissingPermissionException(permission)));
    }
}
