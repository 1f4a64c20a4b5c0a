package io.vmrestore.gateway.http;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.vmrestore.support.problem.FieldError;
import io.vmrestore.support.problem.Problem;
import io.vmrestore.support.problem.ProblemKind;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import reactor.core.publisher.Mono;

/**
 * Refuses query parameters that the OpenAPI document does not list for a path: a misspelt one that is ignored gives an
 * answer that nobody asked for. Stands behind the permissions, so that strangers learn nothing from it.
 */
@Component
@Order(0)
final class KnownParameters implements WebFilter {
    private final RequestMappingHandlerMapping mapping;
    private final OpenAPI document;

    KnownParameters(@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping, OpenAPI document) {
        this.mapping = mapping;
        this.document = document;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return exchange.getRequest().getQueryParams().isEmpty()
                ? chain.filter(exchange)
                : mapping.getHandler(exchange)
                        .doOnNext(_ -> requireKnown(exchange))
                        .then(Mono.defer(() -> chain.filter(exchange)));
    }

    private void requireKnown(ServerWebExchange exchange) {
        @Nullable PathPattern pattern = exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        @Nullable PathItem path = pattern == null ? null : document.getPaths().get(pattern.getPatternString());
        if (path == null) {
            return;
        }
        List<String> known = path.readOperationsMap().entrySet().stream()
                .filter(operation -> answers(operation.getKey(), exchange))
                .flatMap(operation -> operation.getValue().getParameters() == null
                        ? Stream.empty()
                        : operation.getValue().getParameters().stream())
                .filter(parameter -> "query".equals(parameter.getIn()))
                .map(parameter -> parameter.getName())
                .toList();
        String remedy = known.isEmpty()
                ? "is not known here; this path takes no query parameters"
                : "is not known here; known are " + String.join(", ", known);
        List<FieldError> errors = exchange.getRequest().getQueryParams().keySet().stream()
                .filter(name -> !known.contains(name))
                .map(name -> FieldError.ofParameter(name, remedy))
                .toList();
        if (!errors.isEmpty()) {
            throw Problem.of(ProblemKind.INVALID_REQUEST, errors).asException();
        }
    }

    /** HEAD is answered by what answers GET. */
    private static boolean answers(HttpMethod operation, ServerWebExchange exchange) {
        String method = exchange.getRequest().getMethod().name();
        return operation.name().equals(method) || (operation == HttpMethod.GET && method.equals("HEAD"));
    }
}
