package io.vmrestore.status.problem;

import io.vmrestore.common.codec.Json;
import java.net.URI;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Writes a problem as {@code application/problem+json}. */
@Component
public class ProblemWriter {
    private static final String RETRY_AFTER_SECONDS = "1";

    /** The body, in the names of RFC 9457. */
    record Problem(URI type, String title, int status, String detail, String instance) {}

    /**
     * Answers a request with a problem.
     *
     * @param detail what happened and what to do
     */
    public Mono<Void> write(ServerWebExchange exchange, ProblemKind kind, String detail) {
        ServerHttpResponse response = exchange.getResponse();
        if (response.isCommitted()) {
            return Mono.empty();
        }
        response.setStatusCode(kind.status());
        HttpHeaders headers = response.getHeaders();
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (kind == ProblemKind.STATUS_STORE_UNAVAILABLE) {
            headers.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        if (kind == ProblemKind.UNAUTHORIZED) {
            headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        Problem problem = new Problem(
                kind.type(),
                kind.title(),
                kind.status().value(),
                detail,
                exchange.getRequest().getPath().value());
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(Json.MAPPER.writeValueAsBytes(problem))));
    }
}
