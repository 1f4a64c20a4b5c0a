package io.vmrestore.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vmrestore.common.codec.EventCodec;
import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.RestoreCommand.RunStep;
import io.vmrestore.common.contract.RestoreEvent.RestoreInterrupted;
import io.vmrestore.common.contract.RestoreEvent.StepCompleted;
import io.vmrestore.common.contract.RestoreEvent.StepProgressed;
import io.vmrestore.common.contract.StepAddress;
import io.vmrestore.executor.step.RestoreFixture;
import io.vmrestore.openstack.network.PortSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Commands that come again after their answer, or after the end of their restore. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RepeatedCommandsTest {
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
    void a_command_that_comes_again_after_its_answer_makes_nothing() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        UUID job = UUID.randomUUID();
        StepAddress step = RunningExecutor.address(job, 4, Action.CREATE_PORT);
        Instant past = Instant.now().minusSeconds(30);
        RunStep command = new RunStep(step, past, past.plusSeconds(120), restore.portTask(plan, 0));
        executor.send(command);
        String portId = RunningExecutor.id((StepCompleted) events.outcome(step), ResourceType.PORT);
        restore.openStack.project(RestoreFixture.TENANT.projectId()).network().deletePort(portId);
        int ports = restore.simulator.ports().size();
        int heard = events.of(step).size();

        executor.sendAsOf(past, command);
        // As dispatch writes it once more after a crash before its commit.
        executor.send(command);
        StepAddress marker = new StepAddress(job, step.vmId(), step.projectId(), 5, Action.CREATE_PORT, 1);
        executor.send(new RunStep(marker, Instant.now(), Instant.now().plusSeconds(60), restore.portTask(plan, 1)));
        events.outcome(marker);
        await().during(Duration.ofMillis(300))
                .until(() -> restore.simulator.ports().size() == ports + 1);

        assertThat(events.of(step)).hasSize(heard);
    }

    @Test
    void a_command_of_a_restore_that_has_ended_makes_nothing() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        UUID job = UUID.randomUUID();
        StepAddress step = RunningExecutor.address(job, 4, Action.CREATE_PORT);
        producer.send(
                EventCodec.encode(new RestoreInterrupted(job, step.vmId(), Instant.now(), "No sign of life", null)));
        producer.flush();
        int ports = restore.simulator.ports().size();

        Instant past = Instant.now().minusSeconds(30);
        executor.sendAsOf(past, new RunStep(step, past, past.plusSeconds(120), restore.portTask(plan, 0)));
        StepAddress marker = RunningExecutor.address(UUID.randomUUID(), 5, Action.CREATE_PORT);
        executor.send(new RunStep(marker, Instant.now(), Instant.now().plusSeconds(60), restore.portTask(plan, 1)));
        events.outcome(marker);
        await().during(Duration.ofMillis(300))
                .until(() -> restore.simulator.ports().size() == ports + 1);

        assertThat(events.of(step)).isEmpty();
    }

    @Test
    void a_late_command_without_an_answer_is_carried_out() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        StepAddress step = RunningExecutor.address(UUID.randomUUID(), 4, Action.CREATE_PORT);
        Instant past = Instant.now().minusSeconds(30);
        executor.sendAsOf(past, new RunStep(step, past, past.plusSeconds(120), restore.portTask(plan, 0)));

        assertThat(events.outcome(step)).isInstanceOf(StepCompleted.class);
    }

    @Test
    void a_command_of_a_restore_that_has_ended_names_what_its_executor_made_before_it_died() throws Exception {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        UUID job = UUID.randomUUID();
        StepAddress step = RunningExecutor.address(job, 4, Action.CREATE_PORT);
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
        executor.sendAsOf(past, new RunStep(step, past, past.plusSeconds(120), restore.portTask(plan, 0)));

        await().until(() -> !events.of(step).isEmpty());
        assertThat(events.of(step))
                .singleElement()
                .isInstanceOfSatisfying(
                        StepProgressed.class,
                        told -> assertThat(told.resources())
                                .extracting(Resource::id)
                                .containsExactly(portId));
    }
}
