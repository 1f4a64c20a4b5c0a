package io.vmrestore.gateway.access;

import io.vmrestore.support.access.Audience;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;

/**
 * Lets a call to a service behind the gateway carry a token that names the caller and what they reach, whatever the
 * caller was authenticated by. So those services know one kind of token and one key (RESTORE_JWT_SECRET), and check it
 * again.
 */
@Component
public final class OnBehalfOfCaller {
    private final ServiceTokens tokens;

    OnBehalfOfCaller(ServiceTokens tokens) {
        this.tokens = tokens;
    }

    /** For calls of this service; it alone accepts the token. */
    public ExchangeFilterFunction to(Audience service) {
        return (call, next) -> Caller.current()
                .flatMap(caller -> next.exchange(ClientRequest.from(call)
                        .headers(headers -> headers.setBearerAuth(tokens.of(caller, service)))
                        .build()));
    }
}
