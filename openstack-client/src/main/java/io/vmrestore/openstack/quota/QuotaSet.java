package io.vmrestore.openstack.quota;

import com.fasterxml.jackson.databind.JsonNode;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.transport.Session;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads quota answers: objects with limit, use and reservations, or plain numbers that are limits. */
public final class QuotaSet {
    private static final int INTERNAL_ERROR = 500;

    private QuotaSet() {}

    /**
     * The lines of a quota set that a cloud may not tell: none if it refuses, has no such call, or answers 500. It
     * still enforces what it does not tell.
     */
    public static Map<String, QuotaLine> told(Supplier<JsonNode> asking, UnaryOperator<String> naming) {
        return answer(asking).map(set -> read(set, naming)).orElse(Map.of());
    }

    /** The quota set; empty if the cloud does not tell it. */
    public static Optional<JsonNode> answer(Supplier<JsonNode> asking) {
        try {
            return Session.optional(asking);
        } catch (CloudException.Unavailable fault) {
            if (fault.call().status() == INTERNAL_ERROR) {
                return Optional.empty();
            }
            throw fault;
        }
    }

    /** The lines of a quota set, each under the name that the function gives it. */
    public static Map<String, QuotaLine> read(JsonNode set, UnaryOperator<String> naming) {
        Map<String, QuotaLine> lines = new LinkedHashMap<>();
        set.properties().forEach(entry -> {
            String name = naming.apply(entry.getKey());
            QuotaLine line = line(name, entry.getValue());
            if (line != null) {
                lines.put(name, line);
            }
        });
        return lines;
    }

    private static @Nullable QuotaLine line(String name, JsonNode value) {
        if (value.isIntegralNumber()) {
            return new QuotaLine(name, value.asLong(), null, null);
        }
        if (!value.path("limit").isIntegralNumber()) {
            return null;
        }
        // Nova and Cinder say in_use, Neutron says used.
        JsonNode used = value.has("in_use") ? value.path("in_use") : value.path("used");
        return new QuotaLine(name, value.path("limit").asLong(), number(used), number(value.path("reserved")));
    }

    private static @Nullable Long number(JsonNode value) {
        return value.isIntegralNumber() ? value.asLong() : null;
    }
}
