package io.vmrestore.gateway.upstream;

import io.vmrestore.common.codec.Json;
import io.vmrestore.common.connection.ConnectionFault;
import io.vmrestore.support.problem.FieldError;
import io.vmrestore.support.problem.Problem;
import io.vmrestore.support.problem.ProblemException;
import io.vmrestore.support.problem.ProblemKind;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.codec.CodecException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What the failure of a call to a service of ours is: the one place that decides it. A service that is away is told as
 * 503, one that failed by a fault of its own as 500; what is neither is a fault of this gateway and stays what it is.
 */
public final class Backends {
    private static final Logger log = LoggerFactory.getLogger(Backends.class);

    private Backends() {}

    /** Whether the service cannot be reached, or gives no answer in time. */
    public static boolean away(Throwable error) {
        return error instanceof WebClientRequestException || error instanceof TimeoutException;
    }

    /** Whether something answers that is not the service, or of another version. */
    public static boolean garbled(Throwable error) {
        return error instanceof CodecException
                || error instanceof DataBufferLimitException
                || error instanceof EmptyAnswerException;
    }

    /** Whether the service says that it failed by a fault of its own. */
    public static boolean faulty(WebClientResponseException refusal) {
        return refusal.getStatusCode().isSameCodeAs(HttpStatus.INTERNAL_SERVER_ERROR);
    }

    /**
     * The problem to tell of such a fault. The service has logged and counted it.
     *
     * @param service as it stands in a sentence, such as {@code status service}
     */
    public static ProblemException fault(String service) {
        log.warn("The {} answered with status 500; its log has the cause", service);
        return Problem.of(
                        ProblemKind.INTERNAL_ERROR,
                        "The " + service + " failed by a fault of its own. Its log has the cause under this request id;"
                                + " report it with that. Trying again may not help.")
                .asException();
    }

    /**
     * Cause and remedy, for client and log.
     *
     * @param service as it stands in a sentence, such as {@code status service}
     */
    public static String answered(String service, HttpStatusCode status) {
        if (status.is2xxSuccessful()) {
            return notUnderstood(service);
        }
        if (status.isSameCodeAs(HttpStatus.UNAUTHORIZED)) {
            return "The " + service + " does not accept this gateway's tokens (401). An operator sets the same"
                    + " RESTORE_JWT_SECRET for both and compares their clocks.";
        }
        return "The " + service + " answered with status " + status.value()
                + ", which is its own fault or that of something between. Its log tells more under this request id.";
    }

    /**
     * Why a service gives no answer.
     *
     * @param reason in parentheses, to stand in a sentence
     * @param remedy what to do, a sentence of its own
     */
    public record Unanswered(String reason, String remedy) {
        /** As the service's client tells it by what it throws. */
        public static Unanswered of(Throwable error) {
            for (Throwable each = error; each != null; each = each.getCause()) {
                // The connections' pool, whose exceptions are not public.
                if (each.getClass().getSimpleName().startsWith("PoolAcquire")) {
                    return new Unanswered("(too many requests wait for a connection to it)", "It may be overloaded.");
                }
            }
            String server = error instanceof WebClientRequestException unsent
                    ? unsent.getUri().getAuthority()
                    : "it";
            ConnectionFault fault = ConnectionFault.of(error, server);
            return new Unanswered("(" + fault.message() + ")", fault.kind().remedy("") + ".");
        }
    }

    /** The same of an answer that is well-formed HTTP and nothing that the service would say. */
    public static String notUnderstood(String service) {
        return "The " + service + " answered what this gateway does not understand: its URL leads to something else, or"
                + " the two are of different versions. The gateway's log tells more under this request id.";
    }

    /** The problem that a service tells of the request; empty if it tells none, or of something else. */
    public static Optional<Problem> invalid(WebClientResponseException refusal) {
        @Nullable JsonNode body = body(refusal);
        return refusal.getStatusCode().isSameCodeAs(HttpStatus.BAD_REQUEST) && body != null
                ? Optional.of(invalid(body))
                : Optional.empty();
    }

    private static Problem invalid(JsonNode body) {
        List<FieldError> errors = body.path("errors").values().stream()
                .map(error -> new FieldError(
                        error.path("pointer").stringValue(null),
                        error.path("parameter").stringValue(null),
                        error.path("detail").asString("is not valid")))
                .filter(error -> error.pointer() != null || error.parameter() != null)
                .toList();
        return errors.isEmpty()
                ? Problem.of(ProblemKind.INVALID_REQUEST, body.path("detail").asString("The request is not valid."))
                : Problem.of(ProblemKind.INVALID_REQUEST, errors);
    }

    static @Nullable JsonNode body(WebClientResponseException refusal) {
        try {
            return Json.MAPPER.readTree(refusal.getResponseBodyAsByteArray());
        } catch (JacksonException notJson) {
            return null;
        }
    }
}
