package io.vmrestore.gateway.access;

import io.vmrestore.support.problem.Problem;
import io.vmrestore.support.problem.ProblemKind;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.web.server.authentication.ServerBearerTokenAuthenticationConverter;
import org.springframework.security.web.server.authentication.ServerAuthenticationConverter;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Finds the token that a request carries: a JWT as Bearer, or a Keystone token in {@code X-Auth-Token}. */
public final class SentToken implements ServerAuthenticationConverter {
    private static final String KEYSTONE_HEADER = "X-Auth-Token";

    private final ServerAuthenticationConverter bearer = new ServerBearerTokenAuthenticationConverter();

    /** Whether a request wants to be known by a Keystone token. */
    public static boolean ofKeystone(ServerWebExchange exchange) {
        return exchange.getRequest().getHeaders().containsHeader(KEYSTONE_HEADER);
    }

    /** Empty if there is none; fails with 400 if there is more than one, because the two may name different people. */
    @Override
    public Mono<Authentication> convert(ServerWebExchange exchange) {
        HttpHeaders headers = exchange.getRequest().getHeaders();
        List<String> keystone = headers.getOrEmpty(KEYSTONE_HEADER);
        List<String> authorization = headers.getOrEmpty(HttpHeaders.AUTHORIZATION);
        if (keystone.size() + authorization.size() > 1) {
            return Mono.error(() -> Problem.of(
                            ProblemKind.INVALID_REQUEST,
                            "The request carries more than one token; send either Authorization or X-Auth-Token, once.")
                    .asException());
        }
        return keystone.isEmpty() ? bearer.convert(exchange) : Mono.just(new KeystoneToken(keystone.getFirst()));
    }
}
