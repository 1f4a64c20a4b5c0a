package io.vmrestore.support.listener;

import io.netty.util.AttributeKey;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/**
 * Tells the listener that the application knows who sent the request at work, so that it is not counted as nobody's.
 */
@Order(Ordered.LOWEST_PRECEDENCE)
final class KnownCaller implements WebFilter {
    static final AttributeKey<Boolean> KNOWN = AttributeKey.valueOf(KnownCaller.class, "known");

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return exchange.getPrincipal().doOnNext(_ -> tell(exchange)).then(Mono.defer(() -> chain.filter(exchange)));
    }

    static boolean isKnown(ServerWebExchange exchange) {
        return exchange.getAttribute(KNOWN.name()) != null;
    }

    private static void tell(ServerWebExchange exchange) {
        exchange.getAttributes().put(KNOWN.name(), true);
        if (ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest()) instanceof HttpServerRequest request) {
            request.withConnection(
                    connection -> connection.channel().attr(KNOWN).set(true));
        }
    }
}
