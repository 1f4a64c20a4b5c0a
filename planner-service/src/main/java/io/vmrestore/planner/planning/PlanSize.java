package io.vmrestore.planner.planning;

import io.vmrestore.common.codec.Json;
import io.vmrestore.common.codec.RecordSize;
import io.vmrestore.common.contract.Failure;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.text.ForeignText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The upper bound on what a plan carries. A plan is one record of the event log and is part of commands, so one that is
 * too large could never be followed; it is refused with the value that takes the room.
 */
final class PlanSize {
    private PlanSize() {}

    /** Why the plan is refused; empty if it is small enough. */
    static Optional<Failure> refusal(Plan plan) {
        JsonNode json = Json.MAPPER.valueToTree(plan);
        int size = size(json);
        if (size <= RecordSize.MAX_PLAN_BYTES) {
            return Optional.empty();
        }
        List<String> path = new ArrayList<>();
        JsonNode largest = largest(json, path);
        return Optional.of(Failure.of(
                FailureKind.UNPROCESSABLE,
                "The plan is " + size + " bytes; the limit is " + RecordSize.MAX_PLAN_BYTES + ". " + name(path)
                        + " takes " + size(largest) + " bytes of it. Make that smaller, and plan again."));
    }

    /** Goes down to the value that takes most of what is around it. */
    private static JsonNode largest(JsonNode value, List<String> path) {
        String place = "";
        JsonNode largest = null;
        int index = 0;
        if (value.isObject()) {
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                if (largest == null || size(field.getValue()) > size(largest)) {
                    largest = field.getValue();
                    place = field.getKey();
                }
            }
        } else if (value.isArray()) {
            for (JsonNode element : value) {
                if (largest == null || size(element) > size(largest)) {
                    largest = element;
                    place = Integer.toString(index);
                }
                index++;
            }
        }
        if (largest == null || size(largest) <= size(value) / 2) {
            return value;
        }
        path.add(place);
        return largest(largest, path);
    }

    private static String name(List<String> path) {
        String last = path.isEmpty() ? "" : ForeignText.quoted(path.getLast());
        String place = String.join("/", path);
        if (place.startsWith("server/boot_volume/image_metadata/")) {
            return "The image property " + last + " of the boot volume";
        }
        if (place.startsWith("server/metadata/")) {
            return "The metadata item " + last + " of the VM";
        }
        return path.isEmpty() ? "No single value" : "The value " + ForeignText.quoted(place);
    }

    private static int size(JsonNode value) {
        return Json.MAPPER.writeValueAsBytes(value).length;
    }
}
