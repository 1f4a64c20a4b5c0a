package io.vmrestore.gateway.jobs;

import io.vmrestore.gateway.http.FieldError;
import io.vmrestore.gateway.http.Problem;
import io.vmrestore.gateway.http.ProblemException;
import io.vmrestore.gateway.http.ProblemKind;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import tools.jackson.databind.JsonNode;

/** What the status service's failures mean for our client. */
final class StatusProblems {
    private static final Logger log = LoggerFactory.getLogger(StatusProblems.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private StatusProblems() {}

    static ProblemException unreachable(Throwable error) {
        log.warn("The status service cannot be asked: {}", error.toString());
        return unavailable();
    }

    /** Only the status service itself can say that a job does not exist; another 404 means that it is not there. */
    static boolean unknownJob(HttpStatusCode status, @Nullable JsonNode body) {
        return unknown(ProblemKind.JOB_NOT_FOUND, status, body);
    }

    /** Whether the status service itself says so. */
    static boolean unknown(ProblemKind kind, HttpStatusCode status, @Nullable JsonNode body) {
        return status.isSameCodeAs(HttpStatus.NOT_FOUND)
                && body != null
                && body.path("type").asString("").equals(kind.type().toString());
    }

    static ProblemException of(HttpStatusCode status, @Nullable JsonNode body) {
        if (status.isSameCodeAs(HttpStatus.BAD_REQUEST) && body != null) {
            return refused(body).asException();
        }
        if (status.isSameCodeAs(HttpStatus.UNAUTHORIZED)) {
            log.error(
                    "The status service does not accept this gateway's tokens: RESTORE_JWT_SECRET or the clocks of the"
                            + " two differ");
            return unavailable();
        }
        log.warn("The status service answered with HTTP status {}", status.value());
        return unavailable();
    }

    private static Problem refused(JsonNode body) {
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

    private static ProblemException unavailable() {
        return Problem.of(
                        ProblemKind.STATUS_STORE_UNAVAILABLE,
                        "The status store does not answer at the moment, so restores can be neither read nor accepted;"
                                + " try again.")
                .retryAfter(RETRY_AFTER)
                .asException();
    }
}
