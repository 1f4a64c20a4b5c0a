package io.vmrestore.gateway.access;

import io.vmrestore.support.problem.Problem;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Looks at what a request is about that lacks a permission. */
@FunctionalInterface
public interface DeniedSubject {
    /** The problem that there is no such thing, if the caller does not see it; empty if they do, or it is not known. */
    Mono<Problem> hidden(ServerWebExchange exchange, Caller caller);
}
