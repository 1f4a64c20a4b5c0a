package io.vmrestore.support.problem;

import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;

/**
 * Whose fault an error is that reaches the edge of a service behind the gateway: the one place that decides it. What
 * the framework refuses is the caller's, what the service itself names is away, and everything else is a fault of ours.
 * An unexpected exception is never called an outage: nobody would look for the bug.
 */
public final class ServiceErrors implements ErrorTranslation {
    private final String service;
    private final Function<Throwable, Optional<Problem>> away;

    /**
     * @param service as it stands in a sentence, such as {@code planner-service}
     * @param away the problem to tell of an error which says that something that the service needs is away
     */
    public ServiceErrors(String service, Function<Throwable, Optional<Problem>> away) {
        this.service = service;
        this.away = away;
    }

    @Override
    public Problem of(ServerWebExchange exchange, Throwable error) {
        return away.apply(error)
                .orElseGet(() -> error instanceof ResponseStatusException refused ? refused(refused) : fault());
    }

    private Problem refused(ResponseStatusException error) {
        if (!error.getStatusCode().is4xxClientError()) {
            return fault();
        }
        Problem problem = Problem.of(kind(error.getStatusCode().value()), detail(error));
        return error instanceof MethodNotAllowedException wrong ? problem.header("Allow", allowed(wrong)) : problem;
    }

    private Problem fault() {
        return Problem.of(
                ProblemKind.INTERNAL_ERROR,
                "The request failed by a fault of " + service + ". Its log has the cause under this request id.");
    }

    private static ProblemKind kind(int status) {
        return switch (status) {
            case 404 -> ProblemKind.NOT_FOUND;
            case 405 -> ProblemKind.METHOD_NOT_ALLOWED;
            case 406 -> ProblemKind.NOT_ACCEPTABLE;
            default -> ProblemKind.INVALID_REQUEST;
        };
    }

    private static String detail(ResponseStatusException error) {
        String reason = error.getBody().getDetail();
        return reason == null ? error.getStatusCode().toString() : reason;
    }

    /** The methods that a path takes, for the header {@code Allow}: what takes GET takes HEAD. */
    public static String allowed(MethodNotAllowedException wrong) {
        return wrong.getSupportedMethods().stream()
                .flatMap(method -> method == HttpMethod.GET ? Stream.of(method, HttpMethod.HEAD) : Stream.of(method))
                .map(HttpMethod::name)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
