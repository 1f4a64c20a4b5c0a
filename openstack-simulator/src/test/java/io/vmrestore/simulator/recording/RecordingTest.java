package io.vmrestore.simulator.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.http.ResponseEntity;

/**
 * Sends every recorded request to the simulator, in a cloud like the recorded one, and compares status, headers, shape
 * of the body and, for refusals, their words.
 */
class RecordingTest {
    @TestFactory
    Stream<DynamicTest> answersLikeTheGenuineServices() {
        return Recording.all().stream()
                .filter(recording -> !recording.isSequence())
                .filter(recording -> !RecordedDifferences.LEFT_OUT.containsKey(recording.key()))
                .map(recording -> DynamicTest.dynamicTest(recording.name(), () -> replay(recording)));
    }

    private static void replay(Recording recording) {
        RecordedCloud recorded = new RecordedCloud();
        RecordedCases.arrangementFor(recording.key()).accept(recorded);
        Replay replay = new Replay(recorded, recording);
        Recording.Exchange exchange = recording.exchanges().getFirst();
        ResponseEntity<byte[]> answer = replay.send(exchange);
        assertThat(Replay.differences(recording.key(), exchange, answer))
                .as("%s %s", exchange.method(), exchange.target())
                .isEmpty();
    }
}
