package io.vmrestore.status.problem;

import java.net.URI;
import java.util.Locale;
import org.springframework.http.HttpStatus;

/** The kinds of problem that this service answers with. */
public enum ProblemKind {
    INVALID_PARAMETER(HttpStatus.BAD_REQUEST, "Invalid parameter"),
    UNAUTHORIZED(HttpStatus.UNAUTHORIZED, "No valid token"),
    FORBIDDEN(HttpStatus.FORBIDDEN, "Missing permission"),
    JOB_NOT_FOUND(HttpStatus.NOT_FOUND, "No such job"),
    NOT_FOUND(HttpStatus.NOT_FOUND, "No such resource"),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "Method not allowed"),
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "Not acceptable"),
    STATUS_STORE_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The status store is not available"),
    INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "Internal error");

    private final HttpStatus status;
    private final String title;

    ProblemKind(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The stable name of the kind, such as {@code urn:vm-restore:problem:job-not-found}. */
    public URI type() {
        return URI.create(
                "urn:vm-restore:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    public HttpStatus status() {
        return status;
    }

    public String title() {
        return title;
    }
}
