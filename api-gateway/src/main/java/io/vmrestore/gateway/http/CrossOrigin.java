package io.vmrestore.gateway.http;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsProcessor;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.cors.reactive.DefaultCorsProcessor;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Lets pages of the origins that are set (RESTORE_CORS_ORIGINS) use the API in a browser; by default there are none.
 * For every other origin there is no word of it in an answer, so that the browser keeps the answer from the page.
 * Tokens travel in headers that the page itself sends, so no credentials of the browser's own are allowed.
 */
@Component
@EnableConfigurationProperties(CorsSettings.class)
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class CrossOrigin implements WebFilter {
    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    private final List<String> origins;
    private final CorsProcessor processor = new DefaultCorsProcessor();
    private final CorsConfiguration allowed = new CorsConfiguration();

    CrossOrigin(CorsSettings settings) {
        this.origins = settings.origins();
        allowed.setAllowedOrigins(origins);
        // A method that a path does not take is answered 405, which says more than a preflight that fails.
        allowed.setAllowedMethods(List.of(CorsConfiguration.ALL));
        allowed.setAllowedHeaders(List.of(CorsConfiguration.ALL));
        allowed.setExposedHeaders(List.of(
                "Allow",
                "ETag",
                "Location",
                "Preference-Applied",
                "Retry-After",
                "WWW-Authenticate",
                "X-Openstack-Request-Id"));
        allowed.setMaxAge(REMEMBERED);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        @Nullable String origin = request.getHeaders().getOrigin();
        if (origin == null || !origins.contains(origin)) {
            return chain.filter(exchange);
        }
        boolean answered = !processor.process(allowed, exchange) || CorsUtils.isPreFlightRequest(request);
        return answered ? Mono.empty() : chain.filter(exchange);
    }
}
