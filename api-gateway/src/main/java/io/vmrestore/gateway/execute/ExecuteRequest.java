package io.vmrestore.gateway.execute;

import io.vmrestore.gateway.http.Checks;
import io.vmrestore.gateway.http.Fields;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /restore/execute}.
 *
 * @param confirmDestructive what the client typed to confirm the deletion of a VM; not looked at for a plan that
 *     deletes nothing
 */
record ExecuteRequest(UUID planId, @Nullable String confirmDestructive, String meaning) {

    static ExecuteRequest read(byte @Nullable [] body) {
        Fields fields = new Fields(body);
        String planId = fields.id("plan_id", Checks::uuid);
        @Nullable String confirmation = fields.optional("confirm_destructive", _ -> Optional.empty());
        fields.check();
        return new ExecuteRequest(UUID.fromString(planId), confirmation, fields.meaning());
    }
}
