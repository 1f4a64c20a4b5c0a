package io.vmrestore.support.problem;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.ChannelException;
import io.vmrestore.common.metrics.Metric;
import io.vmrestore.support.metrics.Meters;
import io.vmrestore.support.trace.RequestIdFilter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webflux.error.ErrorWebExceptionHandler;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.DisconnectedClientHelper;
import reactor.core.publisher.Mono;

/**
 * Turns every error that reaches the edge into a problem; it stands before Spring Boot's own handler. A fault of ours
 * is logged with its stack and counted.
 */
@Order(-2)
final class ProblemHandler implements ErrorWebExceptionHandler {
    private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);

    private final ProblemWriter writer;
    private final ErrorTranslation errors;
    private final Counter faults;

    ProblemHandler(ProblemWriter writer, ErrorTranslation errors, MeterRegistry registry) {
        this.writer = writer;
        this.errors = errors;
        this.faults = new Meters(registry).counter(Metric.HTTP_FAULTS);
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
        // Of the second kind is a stream that was ended because its body did not come in time.
        if (DisconnectedClientHelper.isClientDisconnectedException(error) || error instanceof ChannelException) {
            return Mono.empty();
        }
        Problem problem = error instanceof ProblemException known ? known.problem() : errors.of(exchange, error);
        // What is known is told about by who made it known, so that each fault is logged and counted once.
        if (problem.kind() == ProblemKind.INTERNAL_ERROR && !(error instanceof ProblemException)) {
            faults.increment();
            log.error(
                    "{} {} failed, request id {}",
                    exchange.getRequest().getMethod(),
                    exchange.getRequest().getURI().getRawPath(),
                    RequestIdFilter.of(exchange),
                    error);
        }
        return exchange.getResponse().isCommitted() ? Mono.error(error) : writer.write(exchange, problem);
    }
}
