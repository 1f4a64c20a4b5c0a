package io.vmrestore.simulator.web.admin;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.faults.FaultRule;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Fault rules as JSON: {@code {"match": "POST .*./servers$", "times": 1, "kind": "LoseAnswer"}}; durations as PT2S. */
final class FaultJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addMixIn(Fault.class, Kind.class)
            .registerSubtypes(
                    Fault.Answer.class,
                    Fault.LoseAnswer.class,
                    Fault.DropRequest.class,
                    Fault.Slow.class,
                    Fault.LateAnswer.class,
                    Fault.ServerFails.class,
                    Fault.ServerStuck.class,
                    Fault.VolumeFails.class,
                    Fault.VolumeStuck.class,
                    Fault.LateBootable.class)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "kind")
    private interface Kind {}

    private FaultJson() {}

    static Fault read(ObjectNode body) {
        ObjectNode fault = body.deepCopy();
        fault.remove("match");
        fault.remove("times");
        return MAPPER.treeToValue(fault, Fault.class);
    }

    static JsonNode write(FaultRule rule) {
        ObjectNode body = MAPPER.valueToTree(rule.fault());
        return body.put("id", rule.id()).put("match", rule.match()).put("times", rule.times());
    }
}
