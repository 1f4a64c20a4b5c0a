package io.vmrestore.simulator.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.simulator.web.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.JsonNode;

/**
 * Replays recorded polls: every recorded state has to appear here, in the recorded order and shape. The time between
 * the states is the simulator's own; {@code networking}, which a poll does not always catch, is not simulated.
 */
class RecordedSequenceTest {
    private static final Duration STEP = Duration.ofMillis(10);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Set<String> NOT_SIMULATED = Set.of("networking");

    @TestFactory
    Stream<DynamicTest> passesThroughTheRecordedStates() {
        return Recording.all().stream()
                .filter(Recording::isSequence)
                .filter(recording -> RecordedPolls.SUPPORTED.containsKey(recording.key()))
                .map(recording -> DynamicTest.dynamicTest(recording.name(), () -> replay(recording)));
    }

    private static void replay(Recording recording) {
        RecordedCloud recorded = new RecordedCloud();
        Objects.requireNonNull(RecordedPolls.SUPPORTED.get(recording.key())).accept(recorded);
        Replay replay = new Replay(recorded, recording);
        recorded.cloud.resume();
        List<String> differences = new ArrayList<>();
        for (Recording.Exchange exchange : recording.exchanges()) {
            if (exchange.method().equals("GET") && !NOT_SIMULATED.contains(task(exchange.answer()))) {
                ResponseEntity<byte[]> answer = await(recorded, replay, exchange);
                Replay.differences(recording.key(), exchange, answer).stream()
                        .filter(difference -> !RecordedPolls.ACCEPTED.contains(difference))
                        .map(difference -> state(exchange.answer()) + " " + difference)
                        .forEach(differences::add);
            }
        }
        assertThat(differences).isEmpty();
    }

    /** Lets time pass until the recorded state shows. */
    private static ResponseEntity<byte[]> await(RecordedCloud recorded, Replay replay, Recording.Exchange exchange) {
        List<String> seen = new ArrayList<>();
        for (Duration waited = Duration.ZERO; waited.compareTo(PATIENCE) < 0; waited = waited.plus(STEP)) {
            ResponseEntity<byte[]> answer = replay.send(exchange);
            String state = answer.getStatusCode().value() + " " + state(body(answer));
            if (state.equals(exchange.status() + " " + state(exchange.answer()))) {
                return answer;
            }
            if (seen.isEmpty() || !seen.getLast().equals(state)) {
                seen.add(state);
            }
            recorded.time.advance(STEP);
        }
        throw new AssertionError("never " + exchange.status() + " " + state(exchange.answer()) + ", only " + seen);
    }

    private static String state(JsonNode body) {
        JsonNode resource = body.isObject() && !body.isEmpty() ? body.iterator().next() : body;
        return resource.path("status").asString("") + "/" + task(body);
    }

    private static String task(JsonNode body) {
        @Nullable String task = Json.text(body.path("server"), "OS-EXT-STS:task_state");
        return task == null ? "" : task;
    }

    private static JsonNode body(ResponseEntity<byte[]> answer) {
        byte[] bytes = answer.getBody();
        return bytes == null || bytes.length == 0 ? Json.object() : Json.MAPPER.readTree(bytes);
    }
}
