package io.vmrestore.simulator.web;

import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.faults.Faults;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes elements of answers odd, alone or in a list, as the rules in force tell. */
final class OddElements {
    private final Faults faults;

    OddElements(Faults faults) {
        this.faults = faults;
    }

    void apply(@Nullable JsonNode body) {
        if (body instanceof ObjectNode object && faults.has(Fault.OfElement.class)) {
            object.properties().forEach(entry -> applyTo(entry.getKey(), entry.getValue()));
        }
    }

    private void applyTo(String kind, JsonNode value) {
        if (value.isArray()) {
            value.forEach(element -> applyTo(kind, element));
        } else if (value instanceof ObjectNode element) {
            if (element.size() == 1 && element.values().iterator().next() instanceof ObjectNode inner) {
                change(kind, inner); // Nova wraps each of its key pairs once more.
            } else {
                change(kind, element);
            }
        }
    }

    private void change(String kind, ObjectNode element) {
        String[] subjects = {
            element.path("id").asString(""), element.path("name").asString("")
        };
        for (Fault.OfElement fault : faults.allLasting(Fault.OfElement.class, subjects)) {
            switch (fault) {
                case Fault.OddField odd -> {
                    if (isOf(odd.of(), kind)) {
                        set(element, odd.field(), odd.value());
                    }
                }
                case Fault.FieldMissing missing -> {
                    if (isOf(missing.of(), kind)) {
                        remove(element, missing.field());
                    }
                }
            }
        }
    }

    private static boolean isOf(@Nullable String wanted, String kind) {
        return wanted == null || kind.equals(wanted) || kind.equals(wanted + "s");
    }

    private static void set(ObjectNode element, String field, @Nullable JsonNode value) {
        Map.Entry<ObjectNode, String> place = place(element, field);
        if (value == null) {
            place.getKey().putNull(place.getValue());
        } else {
            place.getKey().set(place.getValue(), value.deepCopy());
        }
    }

    private static void remove(ObjectNode element, String field) {
        Map.Entry<ObjectNode, String> place = place(element, field);
        place.getKey().remove(place.getValue());
    }

    /** The object that has the last level of the field, and its name there; the whole name exists in Nova's too. */
    private static Map.Entry<ObjectNode, String> place(ObjectNode element, String field) {
        List<String> levels = List.of(field.split("\\.", -1));
        ObjectNode at = element;
        for (String level : levels.subList(0, levels.size() - 1)) {
            if (!(at.get(level) instanceof ObjectNode below)) {
                return Map.entry(element, field);
            }
            at = below;
        }
        return Map.entry(at, levels.getLast());
    }
}
