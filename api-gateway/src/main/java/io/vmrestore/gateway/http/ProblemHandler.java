package io.vmrestore.gateway.http;

import io.vmrestore.support.trace.RequestIdFilter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webflux.error.ErrorWebExceptionHandler;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Turns every error that reaches the edge into a problem; it stands before Spring Boot's own handler. */
@Component
@Order(-2)
public final class ProblemHandler implements ErrorWebExceptionHandler {
    private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);

    private final ProblemWriter writer;

    public ProblemHandler(ProblemWriter writer) {
        this.writer = writer;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
        if (exchange.getResponse().isCommitted()) {
            return Mono.error(error);
        }
        Problem problem = Problems.of(exchange, error);
        if (problem.kind() == ProblemKind.INTERNAL_ERROR) {
            log.error(
                    "{} {} failed, request id {}",
                    exchange.getRequest().getMethod(),
                    exchange.getRequest().getURI().getRawPath(),
                    RequestIdFilter.of(exchange),
                    error);
        }
        return writer.write(exchange, problem);
    }
}
