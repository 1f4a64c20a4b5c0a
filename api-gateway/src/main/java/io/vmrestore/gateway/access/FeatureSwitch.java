package io.vmrestore.gateway.access;

import io.vmrestore.support.problem.Problem;
import io.vmrestore.support.problem.ProblemKind;
import org.springframework.http.server.PathContainer;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/** While restore is switched off, answers 404 for everything below /restore, before anyone is asked for a token. */
final class FeatureSwitch implements WebFilter {
    private static final PathPattern RESTORE = PathPatternParser.defaultInstance.parse("/restore/**");

    private final boolean enabled;

    FeatureSwitch(boolean enabled) {
        this.enabled = enabled;
    }

    /** Whether there is nothing at this path as long as restore is switched off. */
    boolean hides(ServerWebExchange exchange) {
        PathContainer path = exchange.getRequest().getPath().pathWithinApplication();
        return !enabled && RESTORE.matches(path);
    }

    static Problem disabled() {
        return Problem.of(
                ProblemKind.RESTORE_DISABLED,
                "Snapshot restore is switched off; an operator switches it on with RESTORE_ENABLED=true.");
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return hides(exchange) ? Mono.error(() -> disabled().asException()) : chain.filter(exchange);
    }
}
