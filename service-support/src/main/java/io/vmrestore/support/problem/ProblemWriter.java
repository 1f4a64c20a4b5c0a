package io.vmrestore.support.problem;

import io.vmrestore.common.codec.Json;
import io.vmrestore.support.trace.RequestIdFilter;
import java.util.LinkedHashMap;
import java.util.Map;
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
        byte[] document = Json.MAPPER.writeValueAsBytes(document(exchange, problem));
        response.getHeaders().setContentLength(document.length);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(document)));
    }

    private static Map<String, Object> document(ServerWebExchange exchange, Problem problem) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("type", problem.kind().type());
        document.put("title", problem.kind().title());
        document.put("status", problem.kind().status().value());
        document.put("detail", problem.detail());
        document.put("instance", exchange.getRequest().getURI().getRawPath());
        document.put("request_id", RequestIdFilter.of(exchange));
        if (!problem.errors().isEmpty()) {
            document.put("errors", problem.errors());
        }
        document.putAll(problem.members());
        return document;
    }
}
