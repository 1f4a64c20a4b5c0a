package io.vmrestore.verification.chaos.verdict;

import io.vmrestore.common.codec.Json;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.Sealed;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code GET /restore/jobs/ID} is to show of a plan. Written from SPEC's promise and not taken from the service
 * that is judged: user_data shows its size only, and nothing shows the public key.
 */
final class ShownPlan {
    private ShownPlan() {}

    static @Nullable JsonNode of(@Nullable Plan plan) {
        if (plan == null) {
            return null;
        }
        ObjectNode shown = Json.MAPPER.valueToTree(plan);
        Sealed userData = plan.userData();
        shown.putObject("user_data")
                .put("present", userData != null)
                .put("bytes", userData == null ? 0 : userData.bytes());
        if (shown.get("server") instanceof ObjectNode server) {
            server.remove("public_key");
        }
        return shown;
    }
}
