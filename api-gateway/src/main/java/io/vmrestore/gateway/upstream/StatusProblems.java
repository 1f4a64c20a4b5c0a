package io.vmrestore.gateway.upstream;

import io.vmrestore.support.problem.Problem;
import io.vmrestore.support.problem.ProblemException;
import io.vmrestore.support.problem.ProblemKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import tools.jackson.databind.JsonNode;

/** What the status service's failures mean for our client. */
public final class StatusProblems {
    private static final Logger log = LoggerFactory.getLogger(StatusProblems.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private static final String AWAY =
            "The status store does not answer at the moment %s, so restores can be neither read nor accepted; try"
                    + " again.";

    private static final String SERVICE = "status service, which keeps the jobs,";

    private StatusProblems() {}

    /** What to tell a client where the answer is none of the status service's. */
    public static ProblemException notUnderstood(Throwable error) {
        log.error("The status service's answer is not what was expected", error);
        return unavailable(Backends.notUnderstood(SERVICE));
    }

    /** What to tell a client where no answer comes. */
    public static ProblemException unreachable(Throwable error) {
        log.warn("The status service cannot be asked: {}", error.toString());
        Backends.Unanswered why = Backends.Unanswered.of(error);
        return unavailable(AWAY.formatted(why.reason()) + " " + why.remedy());
    }

    /** Only the status service itself can say that something does not exist; another 404 means that it is not there. */
    public static boolean says(ProblemKind kind, WebClientResponseException refusal) {
        @Nullable JsonNode body = Backends.body(refusal);
        return refusal.getStatusCode().isSameCodeAs(HttpStatus.NOT_FOUND)
                && body != null
                && body.path("type").asString("").equals(kind.type().toString());
    }

    /** What to tell a client where the status service refuses to answer. */
    public static ProblemException of(WebClientResponseException refusal) {
        return Backends.invalid(refusal).map(Problem::asException).orElseGet(() -> answered(refusal.getStatusCode()));
    }

    /** What to tell a client where the status service answers what nobody understands. */
    public static ProblemException answered(HttpStatusCode status) {
        // Its own word for "the database is away".
        if (status.isSameCodeAs(HttpStatus.SERVICE_UNAVAILABLE)) {
            log.warn("The status service answered with HTTP status {}", status.value());
            return unavailable(AWAY.formatted("(status 503: PostgreSQL does not answer the status service)")
                    + " Check PostgreSQL and the status service's health.");
        }
        if (status.isSameCodeAs(HttpStatus.INTERNAL_SERVER_ERROR)) {
            return Backends.fault(SERVICE);
        }
        String answered = Backends.answered(SERVICE, status);
        log.error(answered);
        return unavailable(answered);
    }

    private static ProblemException unavailable(String detail) {
        return Problem.of(ProblemKind.STATUS_STORE_UNAVAILABLE, detail)
                .retryAfter(RETRY_AFTER)
                .asException();
    }
}
