package io.vmrestore.status.store;

import io.vmrestore.common.codec.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

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
            .build();

    private StoredJson() {}

    static @Nullable String write(@Nullable Object value) {
        return value == null ? null : MAPPER.writeValueAsString(value);
    }

    static String withoutNul(String text) {
        return text.replace('\0', '\uFFFD');
    }
}
