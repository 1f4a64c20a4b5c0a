package io.vmrestore.support.trace;

import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * Gives every request an id in OpenStack's own form, {@code req-<uuid>}, and every answer a header with it. A valid id
 * that the client sends is kept, so that a client's log and ours can be joined. The id travels in the Reactor context,
 * from which {@link #passedOn} takes it for calls to other services.
 */
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

    /** The id of the request that is served in this Reactor context; null outside of a request. */
    public static @Nullable String of(ContextView context) {
        return context.<String>getOrDefault(ATTRIBUTE, null);
    }

    /** The id of a request that sends this one: the same if it is valid, else a new one. */
    public static String idFor(@Nullable String sent) {
        return sent != null && VALID.matcher(sent).matches() ? sent : "req-" + UUID.randomUUID();
    }

    /** Lets calls of a client carry the id of the request that they are made for; none outside of a request. */
    public static ExchangeFilterFunction passedOn() {
        return (call, next) -> Mono.deferContextual(context -> next.exchange(
                context.hasKey(ATTRIBUTE)
                        ? ClientRequest.from(call)
                                .header(HEADER, context.<String>get(ATTRIBUTE))
                                .build()
                        : call));
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        String id = assign(exchange);
        return chain.filter(exchange).contextWrite(context -> context.put(ATTRIBUTE, id));
    }

    private static String assign(ServerWebExchange exchange) {
        String id = idFor(exchange.getRequest().getHeaders().getFirst(HEADER));
        exchange.getAttributes().put(ATTRIBUTE, id);
        exchange.getResponse().getHeaders().set(HEADER, id);
        return id;
    }
}
