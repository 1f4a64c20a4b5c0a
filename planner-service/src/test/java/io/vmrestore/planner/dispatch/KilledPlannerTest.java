package io.vmrestore.planner.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.RestoreCommand.RunStep;
import io.vmrestore.common.contract.RestoreEvent.PlanCreated;
import io.vmrestore.common.contract.RestoreEvent.RestoreCompleted;
import io.vmrestore.embedded.testing.ChildJvm;
import io.vmrestore.embedded.testing.TestInfrastructure;
import io.vmrestore.planner.PlannerApplication;
import io.vmrestore.planner.PlannerArguments;
import io.vmrestore.planner.TopicReader;
import io.vmrestore.simulator.Simulator;
import io.vmrestore.simulator.SimulatorSettings;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The real service in a process of its own, killed in the middle of a restore and started again. */
class KilledPlannerTest {
    @ParameterizedTest
    @CsvSource({"exactly_once_v2,", "at_least_once,planner-1"})
    void finishesWhatItsPredecessorBegan(String guarantee, String instanceId) {
        String kafka = TestInfrastructure.kafkaBootstrapServers();
        PlayedRestore restore = PlayedRestore.of(Tenant.A);
        UUID job = restore.jobId();
        AtomicBoolean killed = new AtomicBoolean();
        List<RunStep> unanswered = new CopyOnWriteArrayList<>();
        try (Simulator cloud = Simulator.start(SimulatorSettings.instant());
                KafkaProducer<String, byte[]> producer = PlayedRestore.producer(kafka);
                TopicReader topics = TopicReader.withExecutor(kafka, step -> {
                    if (!step.jobId().equals(job)) {
                        return;
                    }
                    if (step.step().action() == Action.CREATE_VOLUME && !killed.get()) {
                        unanswered.add(step);
                    } else {
                        PlayedRestore.answer(producer, step);
                    }
                })) {
            ChildJvm first = planner(kafka, cloud, guarantee, instanceId);
            try (first) {
                PlayedRestore.publish(producer, restore.requested());
                topics.awaitEvent(job, PlanCreated.class);
                PlayedRestore.publish(producer, restore.executionRequested());
                topics.awaitTrue("the volume is commanded", () -> !unanswered.isEmpty());
                topics.awaitSteps(job, 5);
                first.kill();
            }
            killed.set(true);
            unanswered.forEach(step -> PlayedRestore.answer(producer, step));
            try (ChildJvm second = planner(kafka, cloud, guarantee, instanceId)) {
                assertThat(second.pid()).isNotEqualTo(first.pid());
                RestoreCompleted completed = topics.awaitEvent(job, RestoreCompleted.class);
                assertThat(completed.result().serverId()).isEqualTo("server-6");
            }

            List<String> commands = topics.steps(job).stream().map(RunStep::id).toList();
            assertThat(new HashSet<>(commands))
                    .as("each step once, at its first attempt")
                    .hasSize(8);
            if (guarantee.equals("exactly_once_v2")) {
                assertThat(commands).doesNotHaveDuplicates();
            }
        }
    }

    private static ChildJvm planner(String kafka, Simulator cloud, String guarantee, String instanceId) {
        return ChildJvm.start(
                PlannerApplication.class,
                PlannerArguments.of(
                        kafka,
                        cloud,
                        "--RESTORE_DISPATCH_GUARANTEE=" + guarantee,
                        "--RESTORE_DISPATCH_INSTANCE_ID=" + (instanceId == null ? "" : instanceId)));
    }
}
