package io.vmrestore.status.store;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.vmrestore.common.codec.Json;
import io.vmrestore.common.lifecycle.JobState;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;

/** JSON for {@code jsonb} columns. PostgreSQL stores no NUL character, so one is replaced wherever a text has it. */
final class StoredJson {
    private static final JsonMapper MAPPER = Json.MAPPER
            .rebuild()
            .addModule(new SimpleModule()
                    .addSerializer(String.class, new ValueSerializer<>() {
                        @Override
                        public void serialize(String value, JsonGenerator json, SerializationContext context) {
                            json.writeString(withoutNul(value));
                        }
                    })
                    .addKeySerializer(String.class, new ValueSerializer<>() {
                        @Override
                        public void serialize(String value, JsonGenerator json, SerializationContext context) {
                            json.writeName(withoutNul(value));
                        }
                    }))
            .addMixIn(JobState.class, WithoutPlanAndSteps.class)
            .build();

    @JsonIgnoreProperties({"plan", "steps"})
    private interface WithoutPlanAndSteps {}

    private StoredJson() {}

    /** The JSON object of a record; of a restore without its plan and its steps, which are stored apart. */
    static ObjectNode object(Object value) {
        return MAPPER.valueToTree(value);
    }

    private static String withoutNul(String text) {
        return text.replace('\0', '\uFFFD');
    }
}
