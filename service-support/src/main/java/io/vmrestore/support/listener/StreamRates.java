package io.vmrestore.support.listener;

import io.vmrestore.support.trace.RequestIdFilter;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/** Counts requests of HTTP/2, whose streams {@link RequestWatch} does not see, as it counts those of HTTP/1. */
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class StreamRates implements WebFilter {
    private static final int HTTP_2 = 2;

    private final RequestRates rates;
    private final Refusals refusals;
    private final TrustedProxies proxies;

    StreamRates(RequestRates rates, Refusals refusals, TrustedProxies proxies) {
        this.proxies = proxies;
        this.rates = rates;
        this.refusals = refusals;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return isStream(exchange.getRequest()) ? counted(exchange, chain) : chain.filter(exchange);
    }

    private static boolean isStream(ServerHttpRequest request) {
        return ServerHttpRequestDecorator.getNativeRequest(request) instanceof HttpServerRequest server
                && server.version().majorVersion() == HTTP_2;
    }

    private Mono<Void> counted(ServerWebExchange exchange, WebFilterChain chain) {
        HttpHeaders headers = exchange.getRequest().getHeaders();
        InetAddress address = proxies.client(exchange.getRequest());
        Asked asked = new Asked(
                address,
                exchange.getRequest().getMethod().name(),
                exchange.getRequest().getURI().getRawPath(),
                RequestIdFilter.of(exchange),
                Asked.proof(headers.getFirst(HttpHeaders.AUTHORIZATION), headers.getFirst("X-Auth-Token")));
        Optional<Duration> wait = rates.come(address, asked);
        if (wait.isPresent()) {
            refusals.overLimit(Refusal.tooMany(wait.get()).kind().wireName());
            return Mono.error(() -> Refusal.tooMany(wait.get()).asException());
        }
        exchange.getResponse().beforeCommit(() -> {
            rates.answered(address, asked, KnownCaller.isKnown(exchange));
            return Mono.empty();
        });
        return chain.filter(exchange);
    }
}
