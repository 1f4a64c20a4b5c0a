package io.vmrestore.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vmrestore.common.codec.DeadLetters;
import io.vmrestore.common.codec.Json;
import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.RestoreCommand.RunStep;
import io.vmrestore.common.contract.RestoreEvent.StepCompleted;
import io.vmrestore.common.contract.RestoreEvent.StepEvent;
import io.vmrestore.common.contract.RestoreEvent.StepFailed;
import io.vmrestore.common.contract.RestoreEvent.StepStarted;
import io.vmrestore.common.contract.StepAddress;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.common.contract.Topics;
import io.vmrestore.common.seal.SealingKeys;
import io.vmrestore.common.seal.TextSeal;
import io.vmrestore.executor.step.RestoreFixture;
import io.vmrestore.simulator.faults.Fault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** The whole service: commands from a real broker in, events out, against a simulated cloud. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExecutorServiceTest {
    private static final TextSeal SEAL = new TextSeal(SealingKeys.of("", RestoreFixture.KEY));

    private static final String PORT_COMMANDS = Topics.commands(Action.CREATE_PORT);

    private RunningExecutor executor;
    private RestoreFixture restore;
    private KafkaProducer<String, byte[]> producer;
    private EventReader events;

    @BeforeAll
    void start() {
        executor = new RunningExecutor(Action.CREATE_PORT);
        restore = executor.restore;
        producer = executor.producer;
        events = executor.events;
    }

    @AfterAll
    void stop() {
        executor.close();
    }

    @Test
    void carries_a_restore_out() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS).withoutUserData();
        UUID job = UUID.randomUUID();
        executor.run(job, 1, Action.VALIDATE, new StepTask.Validate(plan));
        executor.run(job, 2, Action.CHECK_QUOTA, new StepTask.CheckQuota(plan.quota()));
        String volumeId = RunningExecutor.id(
                executor.run(job, 3, Action.CREATE_VOLUME, restore.volumeTask(plan)), ResourceType.VOLUME);
        StepCompleted front = executor.run(job, 4, Action.CREATE_PORT, restore.portTask(plan, 0));
        StepCompleted back = executor.run(job, 5, Action.CREATE_PORT, restore.portTask(plan, 1));
        List<String> portIds =
                List.of(RunningExecutor.id(front, ResourceType.PORT), RunningExecutor.id(back, ResourceType.PORT));
        StepTask creation = restore.serverTask(plan, volumeId, portIds);
        String serverId = RunningExecutor.id(executor.run(job, 6, Action.CREATE_SERVER, creation), ResourceType.SERVER);
        executor.run(job, 7, Action.WAIT_ACTIVE, new StepTask.WaitActive(serverId, null));
        StepCompleted last =
                executor.run(job, 8, Action.FINALIZE, new StepTask.Finalize(plan, serverId, volumeId, portIds));

        assertThat(last.result()).isNotNull();
        assertThat(last.result().serverId()).isEqualTo(serverId);
        assertThat(last.result().ips()).hasSize(3);
        StepAddress port = RunningExecutor.address(job, 4, Action.CREATE_PORT);
        assertThat(front.detail()).containsEntry("request_id", port.requestId());
        assertThat(events.of(port).getFirst())
                .isInstanceOfSatisfying(
                        StepStarted.class,
                        started -> assertThat(started.executor()).isEqualTo("executor-under-test"));
        assertThat(events.of(port)).last().isEqualTo(front);
    }

    @Test
    void the_outcome_of_a_quick_step_takes_its_beginning_along() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        // On a busy machine a step may not be quick; some of these are.
        await().until(() -> {
            UUID job = UUID.randomUUID();
            StepCompleted outcome = executor.run(job, 2, Action.CHECK_QUOTA, new StepTask.CheckQuota(plan.quota()));
            StepEvent beginning = events.of(outcome.step()).getFirst();
            assertThat(beginning).isInstanceOf(StepStarted.class);
            assertThat(events.of(outcome.step())).hasSizeGreaterThanOrEqualTo(2);
            return !events.written(beginning).isBefore(outcome.time().truncatedTo(ChronoUnit.MILLIS));
        });
    }

    @Test
    void a_waiting_step_gives_signs_of_life_and_ends_at_its_deadline() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        restore.simulator.faults().once("restored-", new Fault.VolumeStuck());
        StepAddress step = RunningExecutor.address(UUID.randomUUID(), 3, Action.CREATE_VOLUME);
        Instant now = Instant.now();
        executor.send(new RunStep(step, now, now.plusSeconds(2), restore.volumeTask(plan)));

        assertThat(events.outcome(step)).isInstanceOfSatisfying(StepFailed.class, failed -> {
            assertThat(failed.failure().kind()).isEqualTo(FailureKind.DEADLINE_EXCEEDED);
            assertThat(failed.retryable()).isFalse();
            assertThat(failed.resources()).extracting(Resource::type).containsExactly(ResourceType.VOLUME);
        });
        List<StepEvent> beats = events.of(step);
        for (int index = 1; index < beats.size(); index++) {
            assertThat(Duration.between(
                            beats.get(index - 1).time(), beats.get(index).time()))
                    .isLessThan(RunningExecutor.HEARTBEAT.multipliedBy(4));
        }
        assertThat(beats).hasSizeGreaterThan(5).last().isInstanceOf(StepFailed.class);
        assertThat(beats).extracting(StepEvent::id).doesNotHaveDuplicates();
    }

    @Test
    void a_retry_waits_for_its_time() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        StepAddress step = RunningExecutor.address(UUID.randomUUID(), 2, Action.CHECK_QUOTA);
        Instant notBefore = Instant.now().plusMillis(800);
        executor.send(new RunStep(step, notBefore, notBefore.plusSeconds(10), new StepTask.CheckQuota(plan.quota())));

        assertThat(events.outcome(step)).isInstanceOf(StepCompleted.class);
        assertThat(events.of(step))
                .filteredOn(StepStarted.class::isInstance)
                .allMatch(started -> !started.time().isBefore(notBefore));
    }

    @Test
    void what_nobody_began_in_time_is_for_another_attempt() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        StepAddress step = RunningExecutor.address(UUID.randomUUID(), 4, Action.CREATE_PORT);
        Instant past = Instant.now().minusSeconds(60);
        executor.send(new RunStep(step, past, past.plusSeconds(30), restore.portTask(plan, 0)));

        assertThat(events.outcome(step)).isInstanceOfSatisfying(StepFailed.class, failed -> {
            assertThat(failed.failure().kind()).isEqualTo(FailureKind.DEADLINE_EXCEEDED);
            assertThat(failed.retryable()).isTrue();
        });
        assertThat(restore.ports()).isEmpty();
    }

    @Test
    void user_data_reaches_the_server_and_no_event() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        String userData = Base64.getEncoder()
                .encodeToString("#cloud-config\npassword: hunter2\n".getBytes(StandardCharsets.UTF_8));
        UUID job = UUID.randomUUID();
        String volumeId = RunningExecutor.id(
                executor.run(job, 3, Action.CREATE_VOLUME, restore.volumeTask(plan)), ResourceType.VOLUME);
        StepTask task = new StepTask.CreateServer(
                "with-user-data",
                plan.server(),
                plan.restorePoint(),
                volumeId,
                List.of(RunningExecutor.id(
                        executor.run(job, 4, Action.CREATE_PORT, restore.portTask(plan, 0)), ResourceType.PORT)),
                null,
                executor.keep(job, SEAL.seal(job, userData)));
        String serverId = RunningExecutor.id(executor.run(job, 5, Action.CREATE_SERVER, task), ResourceType.SERVER);

        assertThat(restore.simulator.servers())
                .filteredOn(server -> server.id().equals(serverId))
                .singleElement()
                .satisfies(server -> assertThat(server.spec().userData()).isEqualTo(userData));
        assertThat(events.of(RunningExecutor.address(job, 5, Action.CREATE_SERVER)))
                .isNotEmpty()
                .noneMatch(event -> Json.MAPPER.writeValueAsString(event).contains(userData));
    }

    @Test
    void user_data_sealed_with_another_key_is_refused_by_name() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        UUID job = UUID.randomUUID();
        StepTask task = new StepTask.CreateServer(
                "never-made",
                plan.server(),
                plan.restorePoint(),
                plan.server().bootVolume().id(),
                List.of(),
                null,
                executor.keep(job, SEAL.seal(UUID.randomUUID(), "text")));
        StepAddress step = RunningExecutor.address(job, 5, Action.CREATE_SERVER);
        executor.send(new RunStep(step, Instant.now(), Instant.now().plusSeconds(60), task));

        assertThat(events.outcome(step)).isInstanceOfSatisfying(StepFailed.class, failed -> {
            assertThat(failed.failure().message()).contains("must have the same RESTORE_ENCRYPTION_KEYS");
            assertThat(failed.retryable()).isFalse();
        });
    }

    @Test
    void a_refusal_is_told_with_service_status_and_request_id() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        restore.simulator.faults().once("^POST .*/ports$", new Fault.Answer(400, "No such luck", null));
        StepAddress step = RunningExecutor.address(UUID.randomUUID(), 4, Action.CREATE_PORT);
        Instant now = Instant.now();
        executor.send(new RunStep(step, now, now.plusSeconds(30), restore.portTask(plan, 0)));

        assertThat(events.outcome(step)).isInstanceOfSatisfying(StepFailed.class, failed -> {
            assertThat(failed.failure().kind()).isEqualTo(FailureKind.CLOUD_REFUSED);
            assertThat(failed.failure().service()).isEqualTo("network");
            assertThat(failed.failure().httpStatus()).isEqualTo(400);
            assertThat(failed.failure().message()).contains("No such luck");
            assertThat(failed.failure().requestId()).startsWith("req-");
            assertThat(failed.retryable()).isFalse();
        });
    }

    @Test
    void what_is_no_command_is_put_aside_with_its_reason() {
        producer.send(new ProducerRecord<>(PORT_COMMANDS, "vm", "not a command".getBytes(StandardCharsets.UTF_8)));

        await().until(() -> !events.deadLetters().isEmpty());
        assertThat(new String(
                        events.deadLetters()
                                .getFirst()
                                .headers()
                                .lastHeader(DeadLetters.CAUSE)
                                .value(),
                        StandardCharsets.UTF_8))
                .startsWith("The record is no CloudEvent");
        assertThat(new String(events.deadLetters().getFirst().value(), StandardCharsets.UTF_8))
                .isEqualTo("not a command");
    }

    @Test
    void a_missing_key_stops_the_start_with_its_name() {
        List<String> arguments = executor.arguments();
        arguments.removeIf(argument -> argument.contains("encryption.key"));

        assertThatThrownBy(() -> ExecutorApplication.builder().run(arguments.toArray(String[]::new)))
                .rootCause()
                .hasMessage(
                        "RESTORE_ENCRYPTION_KEY must be 32 bytes in base64; make one with: openssl rand -base64 32");
    }
}
