package io.vmrestore.common.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.RestoreCommand.PlanRestore;
import io.vmrestore.common.contract.RestoreCommand.RunStep;
import io.vmrestore.common.contract.RestoreCommand.StopSteps;
import io.vmrestore.common.contract.Topics.Topic;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TopicsTest {

    @Test
    void namesAreWhatOthersRelyOn() {
        assertThat(Topics.EVENTS).isEqualTo("restore.events.v1");
        assertThat(Topics.PLAN_COMMANDS).isEqualTo("restore.commands.plan.v1");
        assertThat(Topics.stepCommands())
                .isEqualTo(Arrays.stream(Action.values())
                        .map(action -> "restore.commands." + action.wireName() + ".v1")
                        .toList())
                .contains(
                        "restore.commands.validate.v1",
                        "restore.commands.check_quota.v1",
                        "restore.commands.create_volume.v1",
                        "restore.commands.delete_server.v1",
                        "restore.commands.create_port.v1",
                        "restore.commands.create_server.v1",
                        "restore.commands.wait_active.v1",
                        "restore.commands.finalize.v1",
                        "restore.commands.rollback_server.v1",
                        "restore.commands.rollback_port.v1",
                        "restore.commands.rollback_volume.v1");
        assertThat(Topics.STOP_COMMANDS).isEqualTo("restore.commands.stop.v1");
        assertThat(Topics.deadLetter(Topics.EVENTS)).isEqualTo("restore.events.v1-dlt");
    }

    @Test
    void aCommandTravelsOnTheTopicOfItsAction() {
        StepAddress step = new StepAddress(new UUID(0, 1), "vm", "project", 1, Action.WAIT_ACTIVE, 1);
        RunStep run = new RunStep(step, Instant.EPOCH, Instant.EPOCH, new StepTask.WaitActive("server", null));
        assertThat(Topics.of(run)).isEqualTo("restore.commands.wait_active.v1");
        PlanRestore plan = new PlanRestore(
                new UUID(0, 1), "vm", "project", "snapshot", RestoreMode.NEW, null, IpStrategy.NEW_IPS, Instant.EPOCH);
        assertThat(Topics.of(plan)).isEqualTo(Topics.PLAN_COMMANDS);
        StopSteps stop = new StopSteps(new UUID(0, 1), "vm", Instant.EPOCH);
        assertThat(Topics.of(stop)).isEqualTo(Topics.STOP_COMMANDS);
    }

    @Test
    void everyTopicHasItsDeadLetters() {
        List<Topic> topics = Topics.all(12);
        assertThat(topics).extracting(Topic::name).doesNotHaveDuplicates();
        assertThat(topics).hasSize(2 * (3 + Action.values().length) + 1);
        assertThat(topics).allSatisfy(topic -> {
            boolean deadLetter = topic.name().endsWith("-dlt");
            boolean toAll = topic.name().equals(Topics.STOP_COMMANDS);
            assertThat(topic.partitions()).isEqualTo(deadLetter || toAll ? 1 : 12);
            // Nothing consumes secrets: what is no secret fails the step that looks for it.
            if (!deadLetter && !topic.name().equals(Topics.SECRETS)) {
                assertThat(topics).extracting(Topic::name).contains(Topics.deadLetter(topic.name()));
            }
        });
    }

    @Test
    void eventsAndDeadLettersAreKeptForEverAndCommandsAWeek() {
        assertThat(Topics.all(1))
                .filteredOn(topic -> !topic.name().equals(Topics.SECRETS))
                .allSatisfy(topic -> {
                    boolean command = topic.name().startsWith("restore.commands.")
                            && !topic.name().endsWith("-dlt");
                    assertThat(topic.settings())
                            .containsEntry("retention.ms", command ? "604800000" : "-1")
                            .containsEntry("cleanup.policy", "delete")
                            .containsEntry("max.message.bytes", "2097152");
                });
    }

    @Test
    void ofSecretsTheLastOfEachJobIsKeptAndWhatIsDestroyedIsGoneWithinADay() {
        assertThat(Topics.all(7))
                .filteredOn(topic -> topic.name().equals(Topics.SECRETS))
                .singleElement()
                .satisfies(topic -> {
                    assertThat(topic.partitions()).isEqualTo(7);
                    assertThat(topic.settings())
                            .containsEntry("cleanup.policy", "compact")
                            .containsEntry("max.compaction.lag.ms", "86400000")
                            .containsEntry("delete.retention.ms", "86400000")
                            .containsEntry("max.message.bytes", "2097152");
                });
    }
}
