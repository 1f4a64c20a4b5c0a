package io.vmrestore.status.store;

import io.vmrestore.common.codec.Json;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.Sealed;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The plan without what only executors need: of the user_data its size is told, of the key pair its name. */
public final class PublicPlan {

    private record UserData(boolean present, int bytes) {}

    private PublicPlan() {}

    public static @Nullable JsonNode of(@Nullable Plan plan) {
        if (plan == null) {
            return null;
        }
        ObjectNode json = Json.MAPPER.valueToTree(plan.withoutUserData());
        Sealed sealed = plan.userData();
        UserData shown = sealed == null ? new UserData(false, 0) : new UserData(true, sealed.bytes());
        json.set("user_data", Json.MAPPER.<JsonNode>valueToTree(shown));
        if (json.get("server") instanceof ObjectNode server) {
            server.remove("public_key");
        }
        return json;
    }
}
