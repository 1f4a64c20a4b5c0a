package io.vmrestore.simulator.web.kind;

import io.vmrestore.simulator.web.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Checks bodies against the fields of their kind, in the order and the words of the service. */
public final class Bodies {
    private final Manner manner;

    public Bodies(Manner manner) {
        this.manner = manner;
    }

    /** Every field of a new resource: what was sent, else its initial value. */
    public ObjectNode creation(Kind kind, ObjectNode wanted) {
        change(kind, wanted);
        ObjectNode fields = Json.object();
        for (Field field : kind.fields()) {
            @Nullable JsonNode sent = wanted.get(field.name());
            if (sent == null && field.required()) {
                throw manner.required(kind, wanted, field.name());
            }
            fields.set(field.name(), sent == null ? field.initial().deepCopy() : sent);
        }
        return fields;
    }

    /** The fields that were sent. */
    public ObjectNode change(Kind kind, ObjectNode wanted) {
        List<String> unknown = wanted.propertyNames().stream()
                .filter(name -> !manner.isIgnored(name))
                .filter(name -> kind.fields().stream()
                        .noneMatch(field -> field.settable() && field.name().equals(name)))
                .toList();
        if (!unknown.isEmpty()) {
            throw manner.unknown(kind, wanted, unknown);
        }
        ObjectNode fields = Json.object();
        for (Field field : kind.fields()) {
            @Nullable JsonNode sent = wanted.get(field.name());
            if (sent != null) {
                field.objection(sent).ifPresent(reason -> {
                    throw manner.invalid(kind, field.name(), sent, reason);
                });
                fields.set(field.name(), sent);
            }
        }
        return fields;
    }
}
