package io.vmrestore.status.problem;

import io.vmrestore.support.problem.Problem;
import io.vmrestore.support.problem.ProblemException;
import io.vmrestore.support.problem.ProblemKind;
import java.time.Duration;
import java.util.UUID;
import org.springframework.http.HttpHeaders;

/** Why questions are refused, in words that clients of the gateway may read. */
public final class Refusals {
    private Refusals() {}

    /** A body that is missing something or malformed. */
    public static ProblemException invalid(String detail) {
        return Problem.of(ProblemKind.INVALID_REQUEST, detail).asException();
    }

    /** A parameter that is missing, unknown or malformed. */
    public static ProblemException invalidParameter(String name, String whatIsWrong) {
        return invalid("Parameter '" + name + "' " + whatIsWrong);
    }

    /** A header that is malformed. */
    public static ProblemException invalidHeader(String name, String whatIsWrong) {
        return invalid("Header '" + name + "' " + whatIsWrong);
    }

    /** A restore that the tables do not have. */
    public static ProblemException unknownJob(UUID id) {
        return Problem.of(
                        ProblemKind.JOB_NOT_FOUND,
                        "There is no job " + id + "; GET /restore/jobs lists those there are")
                .asException();
    }

    /** A project that the caller does not see, or in which they may change nothing. */
    public static ProblemException notThere(String projectId) {
        return Problem.of(
                        ProblemKind.PROJECT_NOT_FOUND,
                        "There is no project " + projectId + " in which the token's holder may restore")
                .asException();
    }

    /** Without a token that names a caller. */
    public static Problem unauthenticated(String detail) {
        return Problem.of(ProblemKind.UNAUTHENTICATED, detail).header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }

    static Problem storeUnavailable() {
        return Problem.of(
                        ProblemKind.STATUS_STORE_UNAVAILABLE,
                        "The database that holds the status of restores does not answer. Restores go on; ask again"
                                + " later.")
                .retryAfter(Duration.ofSeconds(1));
    }
}
