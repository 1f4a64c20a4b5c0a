package io.vmrestore.gateway.upstream;

import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;

/** What to say of a service of ours that answers, but not as it should: it is not away, so it is not called so. */
public final class Backends {
    private Backends() {}

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

    /** The same of an answer that is well-formed HTTP and nothing that the service would say. */
    public static String notUnderstood(String service) {
        return "The " + service + " answered what this gateway does not understand: its URL leads to something else, or"
                + " the two are of different versions. The gateway's log tells more under this request id.";
    }
}
