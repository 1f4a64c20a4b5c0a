package io.vmrestore.support.problem;

import io.vmrestore.support.trace.RequestIdFilter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webflux.error.ErrorWebExceptionHandler;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.DisconnectedClientHelper;
import reactor.core.publisher.Mono;

/** Turns every error that reaches the edge into a problem; it stands before Spring Boot's own handler. */
@Order(-2)
final class ProblemHandler implements ErrorWebExceptionHandler {
    private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);

    private final ProblemWriter writer;
    private final ErrorTranslation errors;

    ProblemHandler(ProblemWriter writer, ErrorTranslation errors) {
        this.writer = writer;
        this.errors = errors;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
        if (DisconnectedClientHelper.isClientDisconnectedException(error)) {
            return Mono.empty();
        }
        if (exchange.getResponse().isCommitted()) {
            return Mono.error(error);
        }
        Problem problem = error instanceof ProblemException known ? known.problem() : errors.of(exchange, error);
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
