package io.vmrestore.common.connection;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a call to another service met: the catalog of kinds, and the one place that words what a person does about each.
 * Whoever tells a failed call tells its service, the call, the answer and the request id, and ends with this.
 */
public enum CallFault {
    /** The host name of the URL is not known. */
    HOST_UNKNOWN,
    /** Nobody listens at host and port, or something on the way refuses. */
    NO_CONNECTION,
    /** The host did not answer the attempt to connect. */
    NOT_REACHED_IN_TIME,
    /** No TLS connection; the message of {@link TlsFault} says why. */
    TLS,
    /** Whatever listens there does not speak HTTP. */
    NO_HTTP,
    /** The connection ended before the answer. */
    CONNECTION_BROKE,
    /** The request was sent and not answered in time. */
    NO_ANSWER_IN_TIME,
    /** We gave the call up ourselves, such as when a step moves to another executor. */
    GIVEN_UP,
    /** An answer that is not what the API promises. */
    UNREADABLE_ANSWER,
    /** A 404 that the service did not give itself. */
    FOREIGN_NOT_FOUND,
    /** 502 or 504 of something in front of the service. */
    GATEWAY,
    /** 503. */
    AWAY,
    /** 500, and whatever else of 5xx. */
    SERVICE_FAULT,
    /** 501 or 505. */
    NOT_IMPLEMENTED,
    /** 429, or a 413 with a time to wait. */
    RATE_LIMIT,
    /** A quota is used up. */
    QUOTA,
    /** 401 that a new token did not cure. */
    NOT_AUTHENTICATED,
    /** 403. */
    POLICY,
    /** 404 of the service about the thing that was asked for. */
    NOT_FOUND,
    /** 404 of the service about the path. */
    NO_SUCH_PATH,
    /** 409: an address belongs to another port. */
    ADDRESS_TAKEN,
    /** 409: a MAC belongs to another port. */
    MAC_TAKEN,
    /** 409: the thing is locked. */
    LOCKED,
    /** 409: the thing is on its way from one state to another. */
    ON_ITS_WAY,
    /** Any other 409, or 412. */
    CONFLICT,
    /** 400 and its like. */
    INVALID,
    /** 406, or no common version of the API. */
    API_VERSION,
    /** A redirect that must not be followed. */
    REDIRECT,
    /** The catalog has not exactly one endpoint that can be used; the message says what it has. */
    CATALOG,
    /** OS_AUTH_URL leads elsewhere than to Keystone. */
    AUTH_URL,
    /** Users or roles that this system needs are not there. */
    IDENTITIES;

    /**
     * As services word a refusal by policy: {@code Policy doesn't allow RULE to be performed}, {@code not authorized to
     * perform the requested action: RULE}, {@code (rule:RULE and …) is disallowed by policy}.
     */
    private static final Pattern RULE = Pattern.compile(
            "[Pp]olicy doesn't allow ([\\w:.-]+)|requested action: ([\\w:.-]+)|\\brule:([\\w:-]+)[^\"]*disallowed by"
                    + " policy");

    /** The kind of an answer of which no more than its status is known. */
    public static CallFault ofStatus(int status) {
        return switch (status) {
            case 401 -> NOT_AUTHENTICATED;
            case 403 -> POLICY;
            case 404 -> FOREIGN_NOT_FOUND;
            case 406 -> API_VERSION;
            case 409, 412 -> CONFLICT;
            case 429 -> RATE_LIMIT;
            case 501, 505 -> NOT_IMPLEMENTED;
            case 502, 504 -> GATEWAY;
            case 503 -> AWAY;
            default ->
                status >= 500 ? SERVICE_FAULT : status >= 400 ? INVALID : status >= 300 ? REDIRECT : UNREADABLE_ANSWER;
        };
    }

    /** What to do, in a sentence or two without a full stop at the end. {@code said}: the service's own words. */
    public String remedy(String said) {
        return switch (this) {
            case HOST_UNKNOWN -> "Check DNS on this machine and the host name in the URL";
            case NO_CONNECTION ->
                "Check that the service runs and listens there, and that no firewall or proxy refuses the connection";
            case NOT_REACHED_IN_TIME ->
                "Check that the host is up and that no firewall on the way drops the connection";
            case TLS ->
                "A change on the server's side is used by the next call; one of this system's settings or files, when"
                        + " its services are started again";
            case NO_HTTP -> "Check port and scheme of the URL, in OS_AUTH_URL or in the catalog";
            case CONNECTION_BROKE ->
                "Look in the log of the service, and of a proxy in front of it, for a restart or a limit at that time";
            case NO_ANSWER_IN_TIME ->
                "Look in the service's log under the request id for what took so long, then try again";
            case GIVEN_UP -> "Nothing is to be done: whoever goes on with the work makes the call again";
            case UNREADABLE_ANSWER ->
                "Check that the URL leads to the service itself and not to a login or error page of a proxy";
            case FOREIGN_NOT_FOUND ->
                "Check the proxy or load balancer in front of the service and its endpoint in the catalog";
            case GATEWAY ->
                "The load balancer or proxy in front of the service does not reach it: check that the service runs"
                        + " behind it";
            case AWAY -> "Check that the service and its database and message queue run, then try again";
            case SERVICE_FAULT -> "Look in the service's log under the request id: the fault is its own";
            case NOT_IMPLEMENTED ->
                "The service cannot do this at all: check its release and whether the feature is switched on";
            case RATE_LIMIT ->
                "Try again later; if it lasts, raise the service's rate limit or let fewer restores run at once"
                        + " (RESTORE_MAX_ACTIVE)";
            case QUOTA -> "Free some of the project's quota or have it raised, then try again";
            case NOT_AUTHENTICATED ->
                "Check OS_USERNAME, OS_PASSWORD and OS_PROJECT_NAME, and SNAPSHOT_SERVICE_USER_EMAIL and"
                        + " SNAPSHOT_SERVICE_USER_PASSWORD; the service user needs the admin role in the project";
            case POLICY ->
                "Give the service user (SNAPSHOT_SERVICE_USER_EMAIL) the admin role in the project" + orAllow(said);
            case NOT_FOUND -> "Somebody has deleted it, or it belongs to another project: make a new plan";
            case NO_SUCH_PATH ->
                "Check that the endpoint in the catalog is this service's, and that its release has this API";
            case ADDRESS_TAKEN ->
                "Free the address, or make a plan with an IP strategy that goes on without it (TRY_SAME_IPS, NEW_IPS)";
            case MAC_TAKEN -> "Delete the port that has the MAC, or restore beside the original (mode NEW)";
            case LOCKED -> "Unlock it (openstack server unlock), then try again";
            case ON_ITS_WAY -> "Wait until it has reached its state, then try again; if it never does, reset its state";
            case CONFLICT -> "Look at the state of what was asked for, then make a new plan";
            case INVALID ->
                "Another attempt would be refused the same way: correct what the service names, then make a new plan";
            case API_VERSION -> "Check the release of the service against those that this system supports";
            case REDIRECT, CATALOG ->
                "The next call reads the catalog anew; a changed setting counts when the services are started again";
            case AUTH_URL ->
                "Check that OS_AUTH_URL leads to Keystone itself; a corrected one counts when the services are started"
                        + " again";
            case IDENTITIES -> "What is made in Keystone counts at the next call; a changed setting, at the next start";
        };
    }

    private static String orAllow(String said) {
        Matcher rule = RULE.matcher(said);
        if (!rule.find()) {
            return "";
        }
        String name = rule.group(1) != null ? rule.group(1) : rule.group(2) != null ? rule.group(2) : rule.group(3);
        return ", or allow it the rule " + name + " in the service's policy";
    }
}
