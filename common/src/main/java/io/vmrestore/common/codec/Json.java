package io.vmrestore.common.codec;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.text.ForeignText;
import java.util.Arrays;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.module.SimpleModule;

/**
 * How our records look as JSON in events, tables and answers: snake_case, ISO-8601 times, absent values as null, tasks
 * with the name of their action.
 */
public final class Json {
    /** Tolerates unknown fields, so that events of a newer version are read by an older one. */
    public static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .registerSubtypes(Arrays.stream(Action.values())
                    .map(action -> new NamedType(action.taskType(), action.wireName()))
                    .toArray(NamedType[]::new))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addModule(new SimpleModule("readable-names").addKeySerializer(String.class, new ValueSerializer<>() {
                // Of half a surrogate pair in a name, Jackson reads nothing that it has written.
                @Override
                public void serialize(String name, JsonGenerator json, SerializationContext context) {
                    json.writeName(ForeignText.encodable(name));
                }
            }))
            .build();

    private Json() {}
}
