package io.vmrestore.gateway.cancel;

import io.vmrestore.gateway.http.Checks;
import io.vmrestore.gateway.http.Fields;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request to cancel, which may be left out.
 *
 * @param reason what the client wants the job to remember
 */
record CancelRequest(@Nullable String reason, String meaning) {
    private static final int LONGEST_REASON = 1000;

    static CancelRequest read(byte @Nullable [] body) {
        if (body == null || body.length == 0) {
            return new CancelRequest(null, "{}");
        }
        Fields fields = new Fields(body);
        @Nullable String reason = fields.optional("reason", value -> Checks.text(value, LONGEST_REASON));
        fields.check();
        return new CancelRequest(reason, fields.meaning());
    }
}
