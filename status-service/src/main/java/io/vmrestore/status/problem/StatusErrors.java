package io.vmrestore.status.problem;

import io.vmrestore.support.problem.ErrorTranslation;
import io.vmrestore.support.problem.Problem;
import io.vmrestore.support.problem.ProblemConfiguration;
import io.vmrestore.support.problem.ServiceErrors;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Import;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/** What errors of the framework and of the database mean to the gateway. */
@Component
@Import(ProblemConfiguration.class)
final class StatusErrors implements ErrorTranslation {
    private static final Logger log = LoggerFactory.getLogger(StatusErrors.class);

    private final StoreOutage outage;
    private final ServiceErrors errors = new ServiceErrors("status-service", this::away);

    StatusErrors(StoreOutage outage) {
        this.outage = outage;
    }

    @Override
    public Problem of(ServerWebExchange exchange, Throwable error) {
        return errors.of(exchange, error);
    }

    private Optional<Problem> away(Throwable error) {
        if (!outage.says(error)) {
            return Optional.empty();
        }
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(error);
        log.warn("The database did not answer: {}", cause.toString());
        return Optional.of(Refusals.storeUnavailable());
    }
}
