package io.vmrestore.support.problem;

import io.vmrestore.support.trace.RequestIdFilter;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Writes a problem as {@code application/problem+json}, whatever format the client asked for. */
public final class ProblemWriter {

    /** Completes when the answer is sent. */
    public Mono<Void> write(ServerWebExchange exchange, Problem problem) {
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(problem.kind().status());
        response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        problem.headers().forEach(response.getHeaders()::set);
        byte[] document =
                ProblemDocument.of(problem, exchange.getRequest().getURI().getRawPath(), RequestIdFilter.of(exchange));
        response.getHeaders().setContentLength(document.length);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(document)));
    }
}
