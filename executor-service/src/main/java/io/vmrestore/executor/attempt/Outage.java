package io.vmrestore.executor.attempt;

import io.vmrestore.openstack.failure.FailedCall;
import io.vmrestore.survey.CloudFailures;
import java.time.Instant;

/**
 * A service gives an attempt no answer.
 *
 * @param call the last request that had none
 * @param since when the first of these requests was sent
 */
public record Outage(FailedCall call, Instant since) {
    private static final int LONGEST = 200;

    /** The service as failures name it: identity, compute, volume or network. */
    public String service() {
        return CloudFailures.service(call);
    }

    /** What came instead of an answer, such as {@code 503 Service Unavailable} or that there was no connection. */
    public String lastAnswer() {
        String said = call.status() == 0 ? call.message() : call.status() + " " + call.message();
        return said.length() <= LONGEST ? said : said.substring(0, LONGEST) + "...";
    }

    /** The id by which the service's log lines are found. */
    public String requestId() {
        String logged = call.cloudRequestId();
        return logged == null ? call.requestId() : logged;
    }

    boolean sameRequest(FailedCall other) {
        return call.service().equals(other.service())
                && call.method().equals(other.method())
                && call.path().equals(other.path());
    }
}
