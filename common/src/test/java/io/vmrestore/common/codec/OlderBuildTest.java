package io.vmrestore.common.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.RestoreCommand;
import io.vmrestore.common.contract.RestoreCommand.RunStep;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.common.lifecycle.Dispatch;
import io.vmrestore.common.lifecycle.DispatchPolicy;
import io.vmrestore.common.lifecycle.JobState;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Commands and states of dispatch as an older build has written them: a rolling restart meets them in the topics and in
 * the changelog. The samples are frozen; what a later build adds gets samples of its own.
 */
class OlderBuildTest {
    private static final String TYPE = "io.vmrestore.command.%s.v1";
    private static final Map<String, JobStatus> STATES = Map.of(
            "at-work", JobStatus.RUNNING,
            "cancelling", JobStatus.PENDING,
            "failed", JobStatus.FAILED,
            "new", JobStatus.COMPLETED,
            "replace", JobStatus.COMPLETED);

    static Stream<String> commands() {
        Stream<String> tasks = Arrays.stream(Action.values()).map(action -> "RunStep." + action.wireName());
        return Stream.concat(Stream.of("PlanRestore", "StopSteps"), tasks);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void itsCommandsAreReadWithoutALoss(String name) {
        String sample = Samples.resource("/samples/older/" + name + ".v1.json");
        RestoreCommand command = decode(name, sample.getBytes(UTF_8));
        EventSampleTest.assertSame(CommandCodec.encode(command).value(), sample);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aFieldOfANewerBuildIsToleratedInACommand(String name) {
        String sample = Samples.resource("/samples/older/" + name + ".v1.json");
        JsonNode newer = Json.MAPPER.readTree(sample);
        EventSampleTest.addUnknownFields(newer);
        // Metadata of servers and volumes is free-form and keeps what it is given.
        EventSampleTest.assertSame(
                withoutUnknownFields(CommandCodec.encode(decode(name, Json.MAPPER.writeValueAsBytes(newer)))
                        .value()),
                sample);
    }

    @Test
    void thereIsACommandForEveryTask() {
        Set<Class<?>> tasks = new HashSet<>();
        commands().forEach(name -> {
            String sample = Samples.resource("/samples/older/" + name + ".v1.json");
            if (decode(name, sample.getBytes(UTF_8)) instanceof RunStep run) {
                tasks.add(run.task().getClass());
            }
        });
        assertThat(tasks).containsExactlyInAnyOrderElementsOf(Arrays.asList(StepTask.class.getPermittedSubclasses()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"at-work", "cancelling", "failed", "new", "replace"})
    void itsStatesAreReadWithoutALoss(String name) {
        String sample = Samples.resource("/samples/older/state." + name + ".json");
        JsonNode newer = Json.MAPPER.readTree(sample);
        EventSampleTest.addUnknownFields(newer);
        try (Serde<JobState> serde = StateCodec.serde()) {
            JobState state = serde.deserializer().deserialize("store", sample.getBytes(UTF_8));
            assertThat(state.status()).isEqualTo(STATES.get(name));
            EventSampleTest.assertSame(serde.serializer().serialize("store", state), sample);
            JobState ofNewer = serde.deserializer().deserialize("store", Json.MAPPER.writeValueAsBytes(newer));
            EventSampleTest.assertSame(withoutUnknownFields(serde.serializer().serialize("store", ofNewer)), sample);
        }
    }

    @Test
    void aRestoreOfAnOlderBuildGoesOn() {
        try (Serde<JobState> serde = StateCodec.serde()) {
            JobState state = serde.deserializer()
                    .deserialize(
                            "store",
                            Samples.resource("/samples/older/state.at-work.json")
                                    .getBytes(UTF_8));
            assertThat(Dispatch.outstanding(new DispatchPolicy(false, true), state, List.of())
                            .commands())
                    .extracting(RestoreCommand::id)
                    .containsExactly(state.jobId() + "/6/1");
        }
    }

    private static RestoreCommand decode(String name, byte[] data) {
        String type = TYPE.formatted(name.split("\\.")[0]);
        return CommandCodec.decode(Samples.headers(type), data);
    }

    private static byte[] withoutUnknownFields(byte[] json) {
        return new String(json, UTF_8)
                .replaceAll(",?\"added_in_a_newer_version\":\"x\"", "")
                .getBytes(UTF_8);
    }
}
