package io.vmrestore.simulator.engine;

/** The cloud's refusal of an operation, in the words of the genuine service; the HTTP side gives it status and body. */
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What sort of refusal it is; each service maps it to its own HTTP status. */
    public enum Kind {
        BAD_REQUEST,
        UNAUTHORIZED,
        FORBIDDEN,
        NOT_FOUND,
        CONFLICT,
        OVER_QUOTA,
        STALE,
        UNAVAILABLE
    }

    private final Kind kind;
    private final String type;

    /**
     * @param type the service's own name of the error, which Neutron puts into its bodies; empty where there is none
     */
    public Refused(Kind kind, String type, String message) {
        super(message, null, false, false);
        this.kind = kind;
        this.type = type;
    }

    public static Refused badRequest(String message) {
        return new Refused(Kind.BAD_REQUEST, "HTTPBadRequest", message);
    }

    public static Refused badRequest(String type, String message) {
        return new Refused(Kind.BAD_REQUEST, type, message);
    }

    public static Refused notFound(String message) {
        return new Refused(Kind.NOT_FOUND, "HTTPNotFound", message);
    }

    public static Refused notFound(String type, String message) {
        return new Refused(Kind.NOT_FOUND, type, message);
    }

    public static Refused conflict(String message) {
        return new Refused(Kind.CONFLICT, "HTTPConflict", message);
    }

    public static Refused conflict(String type, String message) {
        return new Refused(Kind.CONFLICT, type, message);
    }

    public static Refused forbidden(String message) {
        return new Refused(Kind.FORBIDDEN, "PolicyNotAuthorized", message);
    }

    public static Refused overQuota(String message) {
        return new Refused(Kind.OVER_QUOTA, "OverQuota", message);
    }

    public static Refused unauthorized() {
        return new Refused(Kind.UNAUTHORIZED, "", "The request you have made requires authentication.");
    }

    public Kind kind() {
        return kind;
    }

    public String type() {
        return type;
    }

    public String text() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
