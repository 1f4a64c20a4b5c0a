package io.vmrestore.planner.inventory;

import io.vmrestore.support.problem.ErrorTranslation;
import io.vmrestore.support.problem.Problem;
import io.vmrestore.support.problem.ProblemConfiguration;
import io.vmrestore.support.problem.ServiceErrors;
import java.util.Optional;
import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/** What errors of the framework mean to the gateway. A cloud that is away is an answer here, and no error. */
@Component
@Import(ProblemConfiguration.class)
final class PlannerErrors implements ErrorTranslation {
    private final ServiceErrors errors = new ServiceErrors("planner-service", _ -> Optional.empty());

    @Override
    public Problem of(ServerWebExchange exchange, Throwable error) {
        return errors.of(exchange, error);
    }
}
