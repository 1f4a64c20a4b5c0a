package io.vmrestore.status.problem;

import io.r2dbc.spi.R2dbcException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;
import reactor.core.publisher.Mono;

/** Turns whatever ends a request early into a problem; before Spring Boot's own handler, which has order −1. */
@Component
@Order(-2)
class ProblemHandler implements WebExceptionHandler {
    private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);

    private final ProblemWriter writer;

    ProblemHandler(ProblemWriter writer) {
        this.writer = writer;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        if (DisconnectedClientHelper.isClientDisconnectedException(failure)) {
            return Mono.empty();
        }
        return switch (failure) {
            case ProblemException problem -> writer.write(exchange, problem.kind(), problem.detail());
            case ResponseStatusException status -> writer.write(exchange, kind(status.getStatusCode()), detail(status));
            case DataAccessException _, TransactionException _, R2dbcException _, TimeoutException _ ->
                storeUnavailable(exchange, failure);
            default -> internal(exchange, failure);
        };
    }

    private Mono<Void> storeUnavailable(ServerWebExchange exchange, Throwable failure) {
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
        log.warn("{} was not answered: {}", exchange.getRequest().getPath(), cause.toString());
        return writer.write(
                exchange,
                ProblemKind.STATUS_STORE_UNAVAILABLE,
                "The database that holds the status of restores does not answer. Restores go on; ask again later.");
    }

    private Mono<Void> internal(ServerWebExchange exchange, Throwable failure) {
        log.error("{} failed", exchange.getRequest().getPath(), failure);
        return writer.write(
                exchange, ProblemKind.INTERNAL, "The request failed by a fault of status-service; see its log.");
    }

    private static ProblemKind kind(HttpStatusCode status) {
        return switch (status.value()) {
            case 400, 413, 415 -> ProblemKind.INVALID_PARAMETER;
            case 404 -> ProblemKind.NOT_FOUND;
            case 405 -> ProblemKind.METHOD_NOT_ALLOWED;
            case 406 -> ProblemKind.NOT_ACCEPTABLE;
            default -> ProblemKind.INTERNAL;
        };
    }

    private static String detail(ResponseStatusException status) {
        String reason = status.getBody().getDetail();
        return reason == null ? status.getStatusCode().toString() : reason;
    }
}
