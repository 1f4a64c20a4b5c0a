package io.vmrestore.gateway.recovery;

import io.vmrestore.gateway.http.Checks;
import io.vmrestore.gateway.http.Fields;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request to give a job up.
 *
 * @param reason what the job remembers; whoever finds it later needs it
 */
record InterruptRequest(String reason, String meaning) {
    private static final int LONGEST_REASON = 1000;

    static InterruptRequest read(byte @Nullable [] body) {
        Fields fields = new Fields(body);
        String reason = fields.required("reason", value -> Checks.text(value, LONGEST_REASON));
        fields.check();
        return new InterruptRequest(reason, fields.meaning());
    }
}
