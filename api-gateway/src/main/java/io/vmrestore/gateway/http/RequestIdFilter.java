package io.vmrestore.gateway.http;

import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Gives every request an id in OpenStack's own form, {@code req-<uuid>}, and every answer a header with it. A valid id
 * that the client sends is kept, so that a client's log and ours can be joined.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class RequestIdFilter implements WebFilter {
    /** The header by which OpenStack's services pass request ids on. */
    public static final String HEADER = "X-Openstack-Request-Id";

    private static final String ATTRIBUTE = RequestIdFilter.class.getName();
    private static final Pattern VALID =
            Pattern.compile("req-[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    /** The id of this request. */
    public static String of(ServerWebExchange exchange) {
        String known = exchange.getAttribute(ATTRIBUTE);
        return known == null ? assign(exchange) : known;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        assign(exchange);
        return chain.filter(exchange);
    }

    private static String assign(ServerWebExchange exchange) {
        @Nullable String sent = exchange.getRequest().getHeaders().getFirst(HEADER);
        String id = sent != null && VALID.matcher(sent).matches() ? sent : "req-" + UUID.randomUUID();
        exchange.getAttributes().put(ATTRIBUTE, id);
        exchange.getResponse().getHeaders().set(HEADER, id);
        return id;
    }
}
