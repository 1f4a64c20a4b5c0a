package io.vmrestore.common.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vmrestore.common.contract.EventType;
import io.vmrestore.common.contract.RestoreEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The frozen events of every type: what subscribers have seen and must be able to read for ever. */
final class Samples {
    private static final Map<EventType, List<String>> LATER = Map.of(
            EventType.CANCELLATION_REQUESTED, List.of("one-of-several"),
            EventType.PLAN_CREATED, List.of("floating-targets", "user-data-apart"),
            EventType.RESTORE_INTERRUPTED, List.of("by-operator"),
            EventType.STEP_PROGRESSED, List.of("found-by-audit", "waiting"),
            EventType.STEP_COMPLETED, List.of("rolled-back"));

    private Samples() {}

    static String of(EventType type) {
        return resource("/samples/" + type.wireName() + ".v1.json");
    }

    /**
     * What later builds of the same version have written: a field that is added gets a sample of its own, and the
     * earlier ones stay as they are.
     */
    static List<String> ofLaterBuilds(EventType type) {
        return LATER.getOrDefault(type, List.of()).stream()
                .map(addition -> resource("/samples/" + type.wireName() + ".v1." + addition + ".json"))
                .toList();
    }

    static String schemaOf(EventType type) {
        return resource("/io/vmrestore/schemas/" + type.wireName() + ".v1.json");
    }

    static RestoreEvent decoded(EventType type) {
        return EventCodec.decode(headers(EventCodec.typeName(type)), of(type).getBytes(UTF_8));
    }

    static Headers headers(String type) {
        return new RecordHeaders()
                .add("ce_specversion", "1.0".getBytes(UTF_8))
                .add("ce_id", "some-id".getBytes(UTF_8))
                .add("ce_source", "/vm-restore".getBytes(UTF_8))
                .add("ce_type", type.getBytes(UTF_8))
                .add("content-type", "application/json".getBytes(UTF_8));
    }

    static String resource(String path) {
        try (InputStream resource = Samples.class.getResourceAsStream(path)) {
            if (resource == null) {
                throw new AssertionError("There is no " + path);
            }
            return new String(resource.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
