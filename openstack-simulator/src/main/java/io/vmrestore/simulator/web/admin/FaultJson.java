package io.vmrestore.simulator.web.admin;

import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.faults.FaultRule;
import io.vmrestore.simulator.web.Json;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fault rules as JSON: {@code {"match": "POST .*./servers$", "times": 1, "kind": "LoseAnswer"}}; durations as PT2S;
 * {@code "for"} ends the rule after a time.
 */
final class FaultJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .registerSubtypes(Fault.kinds().toArray(Class<?>[]::new))
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private FaultJson() {}

    static String match(ObjectNode body) {
        @Nullable String match = Json.text(body, "match");
        if (match == null) {
            throw Refused.badRequest("'match' is missing: a regular expression that has to be found in"
                    + " \"METHOD /path?query\" or in the resource's name or id.");
        }
        return match;
    }

    /** A number of times, 1 unless given. */
    static int count(ObjectNode body, String name) {
        @Nullable Integer count = Json.integer(body, name);
        return count == null ? 1 : count;
    }

    /** How long the rule holds; null: without end. */
    static @Nullable Duration duration(ObjectNode body) {
        @Nullable String text = Json.text(body, "for");
        try {
            return text == null ? null : Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw Refused.badRequest("'for' is to be a duration such as PT30S, but is " + text + ".");
        }
    }

    static Fault fault(ObjectNode body) {
        ObjectNode fault = body.deepCopy();
        fault.remove("match");
        fault.remove("every");
        fault.remove("times");
        fault.remove("for");
        return MAPPER.treeToValue(fault, Fault.class);
    }

    static ObjectNode write(FaultRule rule) {
        ObjectNode body = MAPPER.valueToTree(rule.fault());
        if (rule.endsAt() != null) {
            body.put("endsAt", rule.endsAt().toString());
        }
        return body.put("id", rule.id())
                .put("match", rule.match())
                .put("every", rule.every())
                .put("times", rule.times());
    }
}
