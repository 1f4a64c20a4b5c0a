package io.vmrestore.gateway.access;

import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import reactor.core.publisher.Mono;

/**
 * Lets a call to a service behind the gateway carry a token that names the caller and what they reach, whatever the
 * caller was authenticated by. So those services know one kind of token and one key (RESTORE_JWT_SECRET), and check it
 * again.
 */
@Component
public final class OnBehalfOfCaller implements ExchangeFilterFunction {
    private final ServiceTokens tokens;

    OnBehalfOfCaller(ServiceTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public Mono<ClientResponse> filter(ClientRequest call, ExchangeFunction next) {
        return Caller.current()
                .flatMap(caller -> next.exchange(ClientRequest.from(call)
                        .headers(headers -> headers.setBearerAuth(tokens.of(caller)))
                        .build()));
    }
}
