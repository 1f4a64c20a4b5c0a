package io.vmrestore.status.store;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.vmrestore.common.codec.Json;
import io.vmrestore.common.lifecycle.JobState;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The JSON of what rows hold. What of it the database cannot store, {@link StoredValue} knows. */
final class StoredJson {
    private static final JsonMapper MAPPER = Json.MAPPER
            .rebuild()
            .addMixIn(JobState.class, WithoutPlanAndSteps.class)
            .build();

    @JsonIgnoreProperties({"plan", "steps"})
    private interface WithoutPlanAndSteps {}

    private StoredJson() {}

    /** The JSON object of a record; of a restore without its plan and its steps, which are stored apart. */
    static ObjectNode object(Object value) {
        return MAPPER.valueToTree(value);
    }
}
