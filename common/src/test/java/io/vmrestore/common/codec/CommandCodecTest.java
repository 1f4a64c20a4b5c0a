package io.vmrestore.common.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmrestore.common.contract.RestoreCommand;
import io.vmrestore.common.contract.RestoreCommand.PlanRestore;
import io.vmrestore.common.contract.RestoreCommand.RunStep;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.common.contract.Topics;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class CommandCodecTest {

    @Test
    void whatIsWrittenIsReadAgain() {
        Set<Class<?>> tasks = new HashSet<>();
        for (int seed = 0; seed < 300; seed++) {
            RestoreCommand command = new RandomRecords(new Random(seed)).next(RestoreCommand.class);
            ProducerRecord<String, byte[]> record = CommandCodec.encode(command);
            assertThat(CommandCodec.decode(record.headers(), record.value()))
                    .as("with seed %d", seed)
                    .isEqualTo(command);
            assertThat(record.topic()).isEqualTo(Topics.of(command));
            assertThat(record.key()).isEqualTo(command.vmId());
            if (command instanceof RunStep run) {
                tasks.add(run.task().getClass());
            }
        }
        assertThat(tasks).containsExactlyInAnyOrder(StepTask.class.getPermittedSubclasses());
    }

    @Test
    void aTaskIsNamedByItsAction() {
        RunStep command = new RandomRecords(new Random(1)).next(RunStep.class);
        RunStep waiting = new RunStep(
                command.step(), command.notBefore(), command.deadline(), new StepTask.WaitActive("s-1", "req-1"));
        assertThat(new String(CommandCodec.encode(waiting).value(), UTF_8))
                .contains(
                        "\"task\":{\"action\":\"wait_active\",\"server_id\":\"s-1\",\"create_request_id\":\"req-1\"}");
    }

    @Test
    void whatIsNoCommandOfOursIsRefused() {
        assertRefused("io.vmrestore.PlanCreated.v1", "{}", "Unknown command type io.vmrestore.PlanCreated.v1");
        assertRefused(
                "io.vmrestore.command.PlanRestore.v1",
                "{}",
                "The data of CloudEvent io.vmrestore.command.PlanRestore.v1 some-id lacks /job_id");
        PlanRestore plan = new RandomRecords(new Random(1)).next(PlanRestore.class);
        String json = new String(CommandCodec.encode(plan).value(), UTF_8);
        assertRefused(
                "io.vmrestore.command.RunStep.v1",
                json,
                "The data of CloudEvent io.vmrestore.command.RunStep.v1 some-id lacks /step");
    }

    private static void assertRefused(String type, String data, String message) {
        assertThatThrownBy(() -> CommandCodec.decode(Samples.headers(type), data.getBytes(UTF_8)))
                .isInstanceOf(UndecodableException.class)
                .hasMessage(message);
    }
}
