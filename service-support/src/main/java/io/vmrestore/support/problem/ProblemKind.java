package io.vmrestore.support.problem;

import java.net.URI;
import java.util.Locale;
import org.springframework.http.HttpStatus;

/**
 * The catalogue of problems: one stable type URI for each kind, which clients may rely on. New kinds may be added;
 * published ones keep their name and status.
 */
public enum ProblemKind {
    MALFORMED_JSON(HttpStatus.BAD_REQUEST, "The body is not valid JSON"),
    INVALID_REQUEST(HttpStatus.BAD_REQUEST, "The request is not valid"),
    MALFORMED_REQUEST(HttpStatus.BAD_REQUEST, "The request is not valid HTTP"),
    CONFIRMATION_REQUIRED(HttpStatus.BAD_REQUEST, "Destructive confirmation required"),

    UNAUTHENTICATED(HttpStatus.UNAUTHORIZED, "A valid access token is required"),
    INVALID_CREDENTIALS(HttpStatus.UNAUTHORIZED, "User name or password is wrong"),
    MISSING_PERMISSION(HttpStatus.FORBIDDEN, "A permission is missing"),
    NO_ROLE(HttpStatus.FORBIDDEN, "The user has no role here"),
    PROJECT_REQUIRED(HttpStatus.FORBIDDEN, "A project must be chosen first"),
    TOO_MANY_REQUESTS(HttpStatus.TOO_MANY_REQUESTS, "Too many requests without a valid token"),
    TOO_MANY_LOGINS(HttpStatus.TOO_MANY_REQUESTS, "Too many failed logins"),
    TOO_MANY_RESTORES(HttpStatus.TOO_MANY_REQUESTS, "Too many restores are at work"),

    NOT_FOUND(HttpStatus.NOT_FOUND, "Not found"),
    RESTORE_DISABLED(HttpStatus.NOT_FOUND, "Snapshot restore is switched off"),
    JOB_NOT_FOUND(HttpStatus.NOT_FOUND, "No such restore job"),
    PROJECT_NOT_FOUND(HttpStatus.NOT_FOUND, "No such project"),
    VM_NOT_FOUND(HttpStatus.NOT_FOUND, "No such VM"),
    RESTORE_POINT_NOT_FOUND(HttpStatus.NOT_FOUND, "No such restore point"),

    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "The path does not take this method"),
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "The answer is not available in the wanted format"),
    REQUEST_TIMEOUT(HttpStatus.REQUEST_TIMEOUT, "The request took too long to arrive"),
    CONTENT_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The body is too large"),
    URI_TOO_LONG(HttpStatus.URI_TOO_LONG, "The request line is too long"),
    UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body must be JSON"),
    HEADERS_TOO_LARGE(HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "The headers are too large"),

    WRONG_STATE(HttpStatus.CONFLICT, "The restore job is in another state"),
    PLAN_NOT_ELIGIBLE(HttpStatus.CONFLICT, "The plan may not be executed"),
    EXECUTION_REFUSED(HttpStatus.CONFLICT, "The execution was refused"),
    PAST_POINT_OF_NO_RETURN(HttpStatus.CONFLICT, "The restore cannot be cancelled any more"),

    IMPOSSIBLE_REQUEST(HttpStatus.UNPROCESSABLE_CONTENT, "The request cannot be carried out"),
    IDEMPOTENCY_KEY_REUSED(HttpStatus.UNPROCESSABLE_CONTENT, "The Idempotency-Key stands for another request"),
    BOOT_FROM_IMAGE(HttpStatus.UNPROCESSABLE_CONTENT, "The VM boots from an image"),
    RESTORE_POINT_MISMATCH(HttpStatus.UNPROCESSABLE_CONTENT, "The restore point belongs to something else"),
    RESTORE_POINT_NOT_AVAILABLE(HttpStatus.UNPROCESSABLE_CONTENT, "The restore point is not available"),
    PROJECT_NOT_ACCESSIBLE(HttpStatus.UNPROCESSABLE_CONTENT, "The project is not accessible to this system"),

    PLANNING_FAILED(HttpStatus.BAD_GATEWAY, "Planning failed"),
    INVENTORY_FAILED(HttpStatus.BAD_GATEWAY, "The inventory could not be read"),
    CLOUD_UNAVAILABLE(HttpStatus.BAD_GATEWAY, "An OpenStack service is not available"),
    CLOUD_TIMEOUT(HttpStatus.GATEWAY_TIMEOUT, "An OpenStack service did not answer in time"),
    IDENTITY_UNAVAILABLE(HttpStatus.BAD_GATEWAY, "The identity service is not available"),
    IDENTITY_TIMEOUT(HttpStatus.GATEWAY_TIMEOUT, "The identity service did not answer in time"),
    TOKEN_CHECK_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The token cannot be checked at the moment"),
    EVENT_LOG_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The event log is not available"),
    STATUS_STORE_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The status store is not available"),
    INVENTORY_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The inventory is not available"),

    INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR, "An error of this system");

    private static final String TYPE_PREFIX = "urn:vm-restore:problem:";

    private final HttpStatus status;
    private final String title;

    ProblemKind(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The stable name of this kind, such as {@code urn:vm-restore:problem:vm-not-found}. */
    public URI type() {
        return URI.create(TYPE_PREFIX + wireName());
    }

    /** The last part of its type, such as {@code vm-not-found}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public HttpStatus status() {
        return status;
    }

    public String title() {
        return title;
    }
}
