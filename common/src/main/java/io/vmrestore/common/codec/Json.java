package io.vmrestore.common.codec;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** How our records look as JSON in events, tables and answers: snake_case, ISO-8601 times, absent values as null. */
public final class Json {
    /** Tolerates unknown fields, so that events of a newer version are read by an older one. */
    public static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Json() {}
}
