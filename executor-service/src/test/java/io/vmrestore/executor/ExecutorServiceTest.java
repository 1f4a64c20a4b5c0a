package io.vmrestore.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vmrestore.common.codec.CommandCodec;
import io.vmrestore.common.codec.DeadLetters;
import io.vmrestore.common.codec.EventCodec;
import io.vmrestore.common.codec.Json;
import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.RestoreCommand;
import io.vmrestore.common.contract.RestoreCommand.RunStep;
import io.vmrestore.common.contract.RestoreCommand.StopSteps;
import io.vmrestore.common.contract.RestoreEvent.RestoreInterrupted;
import io.vmrestore.common.contract.RestoreEvent.StepCompleted;
import io.vmrestore.common.contract.RestoreEvent.StepEvent;
import io.vmrestore.common.contract.RestoreEvent.StepFailed;
import io.vmrestore.common.contract.RestoreEvent.StepProgressed;
import io.vmrestore.common.contract.RestoreEvent.StepStarted;
import io.vmrestore.common.contract.StepAddress;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.common.contract.Topics;
import io.vmrestore.common.seal.TextSeal;
import io.vmrestore.executor.command.CommandHandler;
import io.vmrestore.executor.step.RestoreFixture;
import io.vmrestore.intake.Assignment;
import io.vmrestore.intake.RevokedException;
import io.vmrestore.openstack.network.PortSpec;
import io.vmrestore.simulator.faults.Fault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole service: commands from a real broker in, events out, against a simulated cloud. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExecutorServiceTest {
    private static final String PORT_COMMANDS = Topics.commands(Action.CREATE_PORT);

    private RunningExecutor executor;
    private RestoreFixture restore;
    private ConfigurableApplicationContext service;
    private KafkaProducer<String, byte[]> producer;
    private EventReader events;

    @BeforeAll
    void start() {
        executor = new RunningExecutor(Action.CREATE_PORT);
        restore = executor.restore;
        service = executor.service;
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
        run(job, 1, Action.VALIDATE, new StepTask.Validate(plan));
        run(job, 2, Action.CHECK_QUOTA, new StepTask.CheckQuota(plan.quota()));
        String volumeId = id(run(job, 3, Action.CREATE_VOLUME, restore.volumeTask(plan)), ResourceType.VOLUME);
        StepCompleted front = run(job, 4, Action.CREATE_PORT, restore.portTask(plan, 0));
        StepCompleted back = run(job, 5, Action.CREATE_PORT, restore.portTask(plan, 1));
        List<String> portIds = List.of(id(front, ResourceType.PORT), id(back, ResourceType.PORT));
        StepTask creation = restore.serverTask(plan, volumeId, portIds);
        String serverId = id(run(job, 6, Action.CREATE_SERVER, creation), ResourceType.SERVER);
        run(job, 7, Action.WAIT_ACTIVE, new StepTask.WaitActive(serverId, null));
        StepCompleted last = run(job, 8, Action.FINALIZE, new StepTask.Finalize(plan, serverId, volumeId, portIds));

        assertThat(last.result()).isNotNull();
        assertThat(last.result().serverId()).isEqualTo(serverId);
        assertThat(last.result().ips()).hasSize(3);
        StepAddress port = address(job, 4, Action.CREATE_PORT);
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
            StepCompleted outcome = run(job, 2, Action.CHECK_QUOTA, new StepTask.CheckQuota(plan.quota()));
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
        StepAddress step = address(UUID.randomUUID(), 3, Action.CREATE_VOLUME);
        Instant now = Instant.now();
        send(new RunStep(step, now, now.plusSeconds(2), restore.volumeTask(plan)));

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
    void a_wait_ends_at_once_when_its_restore_is_stopped() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        restore.simulator.faults().once("restored-", new Fault.VolumeStuck());
        StepAddress step = address(UUID.randomUUID(), 3, Action.CREATE_VOLUME);
        Instant now = Instant.now();
        send(new RunStep(step, now, now.plusSeconds(600), restore.volumeTask(plan)));
        await().until(() -> events.of(step).stream()
                .anyMatch(event -> event instanceof StepProgressed progress
                        && !progress.resources().isEmpty()));

        send(new StopSteps(step.jobId(), step.vmId(), Instant.now()));

        assertThat(events.outcome(step)).isInstanceOfSatisfying(StepFailed.class, failed -> {
            assertThat(failed.failure().kind()).isEqualTo(FailureKind.STOPPED);
            assertThat(failed.retryable()).isFalse();
            assertThat(failed.resources()).extracting(Resource::type).containsExactly(ResourceType.VOLUME);
        });
    }

    @Test
    void a_step_of_a_stopped_restore_names_what_was_made_and_makes_nothing() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        UUID job = UUID.randomUUID();
        StepAddress made = address(job, 4, Action.CREATE_PORT);
        String portId = id(run(job, 4, Action.CREATE_PORT, restore.portTask(plan, 0)), ResourceType.PORT);
        StepAddress never = address(job, 5, Action.CREATE_PORT);
        send(new StopSteps(job, made.vmId(), Instant.now()));
        // A retry long in the future ends as soon as the executor has heard of the stop.
        Instant later = Instant.now().plusSeconds(600);
        send(new RunStep(never, later, later.plusSeconds(60), restore.portTask(plan, 1)));
        StepAddress again = new StepAddress(job, made.vmId(), made.projectId(), 4, Action.CREATE_PORT, 2);
        send(new RunStep(again, later, later.plusSeconds(60), restore.portTask(plan, 0)));

        assertThat(events.outcome(never)).isInstanceOfSatisfying(StepFailed.class, failed -> {
            assertThat(failed.failure().kind()).isEqualTo(FailureKind.STOPPED);
            assertThat(failed.resources()).isEmpty();
        });
        assertThat(events.outcome(again))
                .isInstanceOfSatisfying(
                        StepFailed.class,
                        failed -> assertThat(failed.resources())
                                .extracting(Resource::id)
                                .containsExactly(portId));
    }

    @Test
    void a_retry_waits_for_its_time() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        StepAddress step = address(UUID.randomUUID(), 2, Action.CHECK_QUOTA);
        Instant notBefore = Instant.now().plusMillis(800);
        send(new RunStep(step, notBefore, notBefore.plusSeconds(10), new StepTask.CheckQuota(plan.quota())));

        assertThat(events.outcome(step)).isInstanceOf(StepCompleted.class);
        assertThat(events.of(step))
                .filteredOn(StepStarted.class::isInstance)
                .allMatch(started -> !started.time().isBefore(notBefore));
    }

    @Test
    void what_nobody_began_in_time_is_for_another_attempt() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        StepAddress step = address(UUID.randomUUID(), 4, Action.CREATE_PORT);
        Instant past = Instant.now().minusSeconds(60);
        send(new RunStep(step, past, past.plusSeconds(30), restore.portTask(plan, 0)));

        assertThat(events.outcome(step)).isInstanceOfSatisfying(StepFailed.class, failed -> {
            assertThat(failed.failure().kind()).isEqualTo(FailureKind.DEADLINE_EXCEEDED);
            assertThat(failed.retryable()).isTrue();
        });
        assertThat(restore.ports()).isEmpty();
    }

    @Test
    void a_command_that_comes_again_after_its_answer_makes_nothing() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        UUID job = UUID.randomUUID();
        StepAddress step = address(job, 4, Action.CREATE_PORT);
        Instant past = Instant.now().minusSeconds(30);
        RunStep command = new RunStep(step, past, past.plusSeconds(120), restore.portTask(plan, 0));
        send(command);
        String portId = id((StepCompleted) events.outcome(step), ResourceType.PORT);
        restore.openStack.project(RestoreFixture.TENANT.projectId()).network().deletePort(portId);
        int ports = restore.simulator.ports().size();
        int heard = events.of(step).size();

        sendAsOf(past, command);
        // As dispatch writes it once more after a crash before its commit.
        send(command);
        StepAddress marker = new StepAddress(job, step.vmId(), step.projectId(), 5, Action.CREATE_PORT, 1);
        send(new RunStep(marker, Instant.now(), Instant.now().plusSeconds(60), restore.portTask(plan, 1)));
        events.outcome(marker);
        await().during(Duration.ofMillis(300))
                .until(() -> restore.simulator.ports().size() == ports + 1);

        assertThat(events.of(step)).hasSize(heard);
    }

    @Test
    void a_command_of_a_restore_that_has_ended_makes_nothing() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        UUID job = UUID.randomUUID();
        StepAddress step = address(job, 4, Action.CREATE_PORT);
        producer.send(
                EventCodec.encode(new RestoreInterrupted(job, step.vmId(), Instant.now(), "No sign of life", null)));
        producer.flush();
        int ports = restore.simulator.ports().size();

        Instant past = Instant.now().minusSeconds(30);
        sendAsOf(past, new RunStep(step, past, past.plusSeconds(120), restore.portTask(plan, 0)));
        StepAddress marker = address(UUID.randomUUID(), 5, Action.CREATE_PORT);
        send(new RunStep(marker, Instant.now(), Instant.now().plusSeconds(60), restore.portTask(plan, 1)));
        events.outcome(marker);
        await().during(Duration.ofMillis(300))
                .until(() -> restore.simulator.ports().size() == ports + 1);

        assertThat(events.of(step)).isEmpty();
    }

    @Test
    void a_late_command_without_an_answer_is_carried_out() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        StepAddress step = address(UUID.randomUUID(), 4, Action.CREATE_PORT);
        Instant past = Instant.now().minusSeconds(30);
        sendAsOf(past, new RunStep(step, past, past.plusSeconds(120), restore.portTask(plan, 0)));

        assertThat(events.outcome(step)).isInstanceOf(StepCompleted.class);
    }

    @Test
    void user_data_reaches_the_server_and_no_event() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        String userData = Base64.getEncoder()
                .encodeToString("#cloud-config\npassword: hunter2\n".getBytes(StandardCharsets.UTF_8));
        UUID job = UUID.randomUUID();
        String volumeId = id(run(job, 3, Action.CREATE_VOLUME, restore.volumeTask(plan)), ResourceType.VOLUME);
        StepTask task = new StepTask.CreateServer(
                "with-user-data",
                plan.server(),
                plan.restorePoint(),
                volumeId,
                List.of(id(run(job, 4, Action.CREATE_PORT, restore.portTask(plan, 0)), ResourceType.PORT)),
                TextSeal.ofKey(RestoreFixture.KEY).seal(job, userData));
        String serverId = id(run(job, 5, Action.CREATE_SERVER, task), ResourceType.SERVER);

        assertThat(restore.simulator.servers())
                .filteredOn(server -> server.id().equals(serverId))
                .singleElement()
                .satisfies(server -> assertThat(server.spec().userData()).isEqualTo(userData));
        assertThat(events.of(address(job, 5, Action.CREATE_SERVER)))
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
                TextSeal.ofKey(RestoreFixture.KEY).seal(UUID.randomUUID(), "text"));
        StepAddress step = address(job, 5, Action.CREATE_SERVER);
        send(new RunStep(step, Instant.now(), Instant.now().plusSeconds(60), task));

        assertThat(events.outcome(step)).isInstanceOfSatisfying(StepFailed.class, failed -> {
            assertThat(failed.failure().message()).contains("must have the same RESTORE_ENCRYPTION_KEY");
            assertThat(failed.retryable()).isFalse();
        });
    }

    @Test
    void whose_partition_was_taken_away_publishes_nothing() throws Exception {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        StepAddress step = address(UUID.randomUUID(), 2, Action.CHECK_QUOTA);
        RunStep command =
                new RunStep(step, Instant.now(), Instant.now().plusSeconds(60), new StepTask.CheckQuota(plan.quota()));

        assertThatThrownBy(() -> service.getBean(CommandHandler.class).handle(received(command), () -> false))
                .isInstanceOf(RevokedException.class);

        send(new RunStep(
                address(step.jobId(), 1, Action.CHECK_QUOTA), Instant.now(), command.deadline(), command.task()));
        events.outcome(address(step.jobId(), 1, Action.CHECK_QUOTA));
        assertThat(events.of(step)).isEmpty();
    }

    @Test
    void a_step_that_is_interrupted_ends_without_an_outcome() throws Exception {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        restore.simulator.faults().once("restored-", new Fault.VolumeStuck());
        StepAddress step = address(UUID.randomUUID(), 3, Action.CREATE_VOLUME);
        RunStep command = new RunStep(step, Instant.now(), Instant.now().plusSeconds(60), restore.volumeTask(plan));
        AtomicReference<Exception> end = new AtomicReference<>();
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                service.getBean(CommandHandler.class).handle(received(command), () -> true);
            } catch (Exception ended) {
                end.set(ended);
            }
        });
        await().until(() -> events.of(step).stream()
                .anyMatch(event -> event instanceof StepProgressed progress
                        && !progress.resources().isEmpty()));

        thread.interrupt();
        thread.join();

        assertThat(end.get()).isInstanceOf(InterruptedException.class);
        assertThat(events.of(step)).noneMatch(event -> event instanceof StepFailed || event instanceof StepCompleted);
    }

    @Test
    void an_attempt_that_is_taken_away_while_it_creates_names_what_it_made() throws Exception {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        restore.simulator.faults().once("^POST .*/ports$", new Fault.LateAnswer(Duration.ofSeconds(1)));
        StepAddress step = address(UUID.randomUUID(), 4, Action.CREATE_PORT);
        RunStep command = new RunStep(step, Instant.now(), Instant.now().plusSeconds(60), restore.portTask(plan, 0));
        int ports = restore.simulator.ports().size();
        AtomicBoolean ours = new AtomicBoolean(true);
        AtomicReference<Exception> end = new AtomicReference<>();
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                service.getBean(CommandHandler.class).handle(received(command), ours::get);
            } catch (Exception ended) {
                end.set(ended);
            }
        });
        await().until(() -> restore.simulator.ports().size() > ports);

        ours.set(false);
        thread.interrupt();
        thread.join();

        assertThat(end.get()).isInstanceOfAny(InterruptedException.class, RevokedException.class);
        await().until(() -> events.of(step).stream().anyMatch(StepProgressed.class::isInstance));
        assertThat(events.of(step))
                .as("what it made is told, and no outcome")
                .noneMatch(event -> event instanceof StepFailed || event instanceof StepCompleted)
                .last()
                .isInstanceOfSatisfying(
                        StepProgressed.class,
                        told -> assertThat(told.resources())
                                .singleElement()
                                .satisfies(port ->
                                        assertThat(port.name()).isEqualTo(StepAddress.PORT_NAME_PREFIX + step.mark())));
    }

    @Test
    void a_process_that_was_frozen_makes_nothing_before_it_knows_that_it_may() throws Exception {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        StepAddress step = address(UUID.randomUUID(), 4, Action.CREATE_PORT);
        RunStep command = new RunStep(step, Instant.now(), Instant.now().plusSeconds(60), restore.portTask(plan, 0));
        int ports = restore.simulator.ports().size();
        Assignment stale = new Assignment() {
            @Override
            public boolean current() {
                return true;
            }

            @Override
            public void requireConfirmed() {
                Assignment moved = () -> false;
                moved.requireCurrent();
            }
        };

        assertThatThrownBy(() -> service.getBean(CommandHandler.class).handle(received(command), stale))
                .isInstanceOf(RevokedException.class);

        assertThat(restore.simulator.ports()).hasSize(ports);
        assertThat(events.of(step)).noneMatch(event -> event instanceof StepFailed || event instanceof StepCompleted);
    }

    @Test
    void a_command_of_a_restore_that_has_ended_names_what_its_executor_made_before_it_died() throws Exception {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        UUID job = UUID.randomUUID();
        StepAddress step = address(job, 4, Action.CREATE_PORT);
        String portId = restore.openStack
                .project(RestoreFixture.TENANT.projectId())
                .network()
                .createPort(
                        PortSpec.on(RestoreFixture.TENANT.frontNetworkId(), StepAddress.PORT_NAME_PREFIX + step.mark()))
                .id();
        producer.send(
                EventCodec.encode(new RestoreInterrupted(job, step.vmId(), Instant.now(), "No sign of life", null)));
        producer.flush();

        Instant past = Instant.now().minusSeconds(30);
        sendAsOf(past, new RunStep(step, past, past.plusSeconds(120), restore.portTask(plan, 0)));

        await().until(() -> !events.of(step).isEmpty());
        assertThat(events.of(step))
                .singleElement()
                .isInstanceOfSatisfying(
                        StepProgressed.class,
                        told -> assertThat(told.resources())
                                .extracting(Resource::id)
                                .containsExactly(portId));
    }

    @Test
    void a_refusal_is_told_with_service_status_and_request_id() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        restore.simulator.faults().once("^POST .*/ports$", new Fault.Answer(400, "No such luck", null));
        StepAddress step = address(UUID.randomUUID(), 4, Action.CREATE_PORT);
        Instant now = Instant.now();
        send(new RunStep(step, now, now.plusSeconds(30), restore.portTask(plan, 0)));

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

    private StepCompleted run(UUID job, int order, Action action, StepTask task) {
        StepAddress step = address(job, order, action);
        send(new RunStep(step, Instant.now(), Instant.now().plusSeconds(60), task));
        return (StepCompleted) events.outcome(step);
    }

    private void send(RestoreCommand command) {
        executor.send(command);
    }

    private static ConsumerRecord<String, byte[]> received(RunStep command) {
        ProducerRecord<String, byte[]> sent = CommandCodec.encode(command);
        return new ConsumerRecord<>(
                sent.topic(),
                0,
                0,
                System.currentTimeMillis(),
                TimestampType.CREATE_TIME,
                0,
                0,
                sent.key(),
                sent.value(),
                sent.headers(),
                Optional.empty());
    }

    /** As a command looks that was published some time ago. */
    private void sendAsOf(Instant published, RunStep command) {
        ProducerRecord<String, byte[]> record = CommandCodec.encode(command);
        producer.send(new ProducerRecord<>(
                record.topic(), null, published.toEpochMilli(), record.key(), record.value(), record.headers()));
    }

    private static StepAddress address(UUID job, int order, Action action) {
        return new StepAddress(
                job, RestoreFixture.TENANT.webServerId(), RestoreFixture.TENANT.projectId(), order, action, 1);
    }

    private static String id(StepCompleted completed, ResourceType type) {
        return completed.resources().stream()
                .filter(resource -> resource.type() == type)
                .findFirst()
                .orElseThrow()
                .id();
    }
}
