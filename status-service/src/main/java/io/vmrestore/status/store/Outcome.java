package io.vmrestore.status.store;

import io.vmrestore.common.codec.Json;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.RestoreResult;
import io.vmrestore.common.lifecycle.JobState;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The column {@code result_json}: the fields of the result, with the leftovers as one more field. */
record Outcome(@Nullable RestoreResult result, List<Resource> leftovers) {
    private static final String LEFTOVERS = "leftovers";
    private static final TypeReference<List<Resource>> RESOURCES = new TypeReference<>() {};

    static @Nullable Object json(JobState job) {
        if (job.result() == null && job.leftovers().isEmpty()) {
            return null;
        }
        ObjectNode json = job.result() == null
                ? Json.MAPPER.createObjectNode()
                : Json.MAPPER.<ObjectNode>valueToTree(job.result());
        json.set(LEFTOVERS, Json.MAPPER.<JsonNode>valueToTree(job.leftovers()));
        return json;
    }

    static Outcome read(@Nullable String json) {
        if (json == null) {
            return new Outcome(null, List.of());
        }
        ObjectNode fields = (ObjectNode) Json.MAPPER.readTree(json);
        List<Resource> leftovers = Json.MAPPER.convertValue(fields.remove(LEFTOVERS), RESOURCES);
        return new Outcome(fields.isEmpty() ? null : Json.MAPPER.treeToValue(fields, RestoreResult.class), leftovers);
    }
}
