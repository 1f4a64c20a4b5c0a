package io.vmrestore.simulator.web.kind;

import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.web.PythonText;
import io.vmrestore.simulator.web.Schema;
import java.util.List;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The way of services that hold bodies against JSON Schemas and say so in the validator's words: Nova and Cinder. */
public abstract class SchemaManner implements Manner {
    @Override
    public HttpMethod update() {
        return HttpMethod.PUT;
    }

    @Override
    public Refused unknown(Kind kind, ObjectNode body, List<String> names) {
        return Schema.invalid(
                kind.singular(),
                PythonText.of(body),
                "Additional properties are not allowed ('" + names.getFirst() + "' was unexpected)");
    }

    @Override
    public Refused required(Kind kind, ObjectNode body, String name) {
        return Schema.invalid(kind.singular(), PythonText.of(body), "'" + name + "' is a required property");
    }

    @Override
    public Refused invalid(Kind kind, String name, JsonNode value, String reason) {
        return Schema.invalid(name, PythonText.of(value), reason);
    }
}
