package io.vmrestore.status.problem;

import io.r2dbc.spi.R2dbcException;
import io.vmrestore.support.problem.ErrorTranslation;
import io.vmrestore.support.problem.Problem;
import io.vmrestore.support.problem.ProblemConfiguration;
import io.vmrestore.support.problem.ProblemKind;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Import;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;

/** What errors of the framework and of the database mean to the gateway. */
@Component
@Import(ProblemConfiguration.class)
final class StatusErrors implements ErrorTranslation {
    private static final Logger log = LoggerFactory.getLogger(StatusErrors.class);

    @Override
    public Problem of(ServerWebExchange exchange, Throwable error) {
        return switch (error) {
            case ResponseStatusException status -> Problem.of(kind(status.getStatusCode()), detail(status));
            case DataAccessException _, TransactionException _, R2dbcException _, TimeoutException _ -> {
                Throwable cause = NestedExceptionUtils.getMostSpecificCause(error);
                log.warn("{} was not answered: {}", exchange.getRequest().getPath(), cause.toString());
                yield Refusals.storeUnavailable();
            }
            default ->
                Problem.of(ProblemKind.INTERNAL_ERROR, "The request failed by a fault of status-service; see its log.");
        };
    }

    private static ProblemKind kind(HttpStatusCode status) {
        return switch (status.value()) {
            case 400, 413, 415 -> ProblemKind.INVALID_REQUEST;
            case 404 -> ProblemKind.NOT_FOUND;
            case 405 -> ProblemKind.METHOD_NOT_ALLOWED;
            case 406 -> ProblemKind.NOT_ACCEPTABLE;
            default -> ProblemKind.INTERNAL_ERROR;
        };
    }

    private static String detail(ResponseStatusException status) {
        String reason = status.getBody().getDetail();
        return reason == null ? status.getStatusCode().toString() : reason;
    }
}
