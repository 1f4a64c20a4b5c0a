package io.vmrestore.support.access;

import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import reactor.core.publisher.Mono;

/** The reach of whoever asks a service behind the gateway. */
public final class CurrentReach {
    private CurrentReach() {}

    /** From the token of the request that is handled; nowhere without one. */
    public static Mono<Reach> get() {
        return ReactiveSecurityContextHolder.getContext()
                .mapNotNull(context -> context.getAuthentication())
                .ofType(JwtAuthenticationToken.class)
                .map(caller -> Reach.of(caller.getToken().getClaims()))
                .defaultIfEmpty(Reach.nowhere());
    }
}
