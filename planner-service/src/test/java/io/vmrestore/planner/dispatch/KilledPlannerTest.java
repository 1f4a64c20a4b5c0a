package io.vmrestore.planner.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.codec.EventCodec;
import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.RestoreCommand.RunStep;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.ExecutionRequested;
import io.vmrestore.common.contract.RestoreEvent.PlanCreated;
import io.vmrestore.common.contract.RestoreEvent.RestoreCompleted;
import io.vmrestore.common.contract.RestoreEvent.RestoreRequested;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.embedded.testing.ChildJvm;
import io.vmrestore.embedded.testing.TestInfrastructure;
import io.vmrestore.planner.PlannerApplication;
import io.vmrestore.planner.TopicReader;
import io.vmrestore.simulator.SampleCloud;
import io.vmrestore.simulator.SampleCloud.Tenant;
import io.vmrestore.simulator.Simulator;
import io.vmrestore.simulator.SimulatorSettings;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The real service in a process of its own, killed in the middle of a restore and started again. */
class KilledPlannerTest {
    private static final Tenant TENANT = Tenant.A;
    private static final String VM = TENANT.webServerId();

    @ParameterizedTest
    @CsvSource({"exactly_once_v2,", "at_least_once,planner-1"})
    void finishesWhatItsPredecessorBegan(String guarantee, String instanceId) {
        String kafka = TestInfrastructure.kafkaBootstrapServers();
        UUID job = UUID.randomUUID();
        AtomicBoolean killed = new AtomicBoolean();
        List<RunStep> unanswered = new CopyOnWriteArrayList<>();
        try (Simulator cloud = Simulator.start(SimulatorSettings.instant());
                KafkaProducer<String, byte[]> producer = producer(kafka);
                TopicReader topics = TopicReader.withExecutor(kafka, step -> {
                    if (!step.jobId().equals(job)) {
                        return;
                    }
                    if (step.step().action() == Action.CREATE_VOLUME && !killed.get()) {
                        unanswered.add(step);
                    } else {
                        answer(producer, step);
                    }
                })) {
            ChildJvm first = planner(kafka, cloud, guarantee, instanceId);
            try (first) {
                publish(producer, requested(job));
                topics.awaitEvent(job, PlanCreated.class);
                publish(producer, new ExecutionRequested(job, VM, Instant.now(), UUID.randomUUID(), "olga"));
                topics.awaitTrue("the volume is commanded", () -> !unanswered.isEmpty());
                topics.awaitSteps(job, 5);
                first.kill();
            }
            killed.set(true);
            unanswered.forEach(step -> answer(producer, step));
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
                "--server.port=0",
                "--management.server.port=0",
                "--KAFKA_BOOTSTRAP_SERVERS=" + kafka,
                "--RESTORE_TOPIC_PARTITIONS=3",
                "--RESTORE_DISPATCH_GUARANTEE=" + guarantee,
                "--RESTORE_DISPATCH_INSTANCE_ID=" + (instanceId == null ? "" : instanceId),
                "--RESTORE_JWT_SECRET=a test secret that is long enough for HS256",
                "--RESTORE_ENCRYPTION_KEY=" + Base64.getEncoder().encodeToString(new byte[32]),
                "--OS_AUTH_URL=" + cloud.authUrl(),
                "--OS_USERNAME=" + SampleCloud.ADMIN,
                "--OS_PASSWORD=" + SampleCloud.ADMIN_PASSWORD,
                "--OS_PROJECT_NAME=service",
                "--SNAPSHOT_SERVICE_USER_EMAIL=" + SampleCloud.SERVICE_USER,
                "--SNAPSHOT_SERVICE_USER_PASSWORD=" + SampleCloud.SERVICE_USER_PASSWORD,
                "--SNAPSHOT_SERVICE_USER_DOMAIN=Default");
    }

    private static RestoreRequested requested(UUID job) {
        return new RestoreRequested(
                job,
                VM,
                Instant.now(),
                TENANT.projectId(),
                TENANT.id("snapshot/web-1-daily"),
                RestoreMode.NEW,
                null,
                IpStrategy.NEW_IPS,
                "olga");
    }

    private static void answer(KafkaProducer<String, byte[]> producer, RunStep step) {
        publish(producer, Restore.started(step, Instant.now()));
        publish(producer, Restore.completed(step, Instant.now()));
    }

    private static void publish(KafkaProducer<String, byte[]> producer, RestoreEvent event) {
        producer.send(EventCodec.encode(event));
    }

    private static KafkaProducer<String, byte[]> producer(String kafka) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka, "acks", "all", "linger.ms", 0),
                new StringSerializer(),
                new ByteArraySerializer());
    }
}
