package io.vmrestore.support.problem;

import org.springframework.web.server.ServerWebExchange;

/** What an error that nobody has put into words means to whoever asked; each service knows its own. */
@FunctionalInterface
public interface ErrorTranslation {
    /** The problem; of kind {@link ProblemKind#INTERNAL_ERROR} if it is a fault of the service, which is logged. */
    Problem of(ServerWebExchange exchange, Throwable error);
}
