package io.vmrestore.status.problem;

import java.util.UUID;

/** Ends a request with a problem. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ProblemKind kind;
    private final String detail;

    public ProblemException(ProblemKind kind, String detail) {
        // Without a stack trace: it is an answer, not a fault.
        super(detail, null, false, false);
        this.kind = kind;
        this.detail = detail;
    }

    /** A parameter that is missing, unknown or malformed. */
    public static ProblemException invalidParameter(String name, String whatIsWrong) {
        return new ProblemException(ProblemKind.INVALID_PARAMETER, "Parameter '" + name + "' " + whatIsWrong);
    }

    /** A header that is malformed. */
    public static ProblemException invalidHeader(String name, String whatIsWrong) {
        return new ProblemException(ProblemKind.INVALID_PARAMETER, "Header '" + name + "' " + whatIsWrong);
    }

    /** A restore that the tables do not have. */
    public static ProblemException unknownJob(UUID id) {
        return new ProblemException(
                ProblemKind.JOB_NOT_FOUND, "There is no job " + id + "; GET /restore/jobs lists those there are");
    }

    public ProblemKind kind() {
        return kind;
    }

    /** What happened and what to do. */
    public String detail() {
        return detail;
    }
}
