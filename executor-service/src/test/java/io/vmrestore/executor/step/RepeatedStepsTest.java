package io.vmrestore.executor.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.executor.attempt.StepFailure;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.network.PortSpec;
import io.vmrestore.simulator.faults.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lost answers, redelivered commands and executors that do the same at the same time: always one resource. */
@Timeout(60)
class RepeatedStepsTest {
    private static final String POST_VOLUME = "^POST .*/volumes$";
    private static final String POST_PORT = "^POST .*/ports$";
    private static final String POST_SERVER = "^POST .*/servers$";

    private final RestoreFixture restore = new RestoreFixture();

    @AfterEach
    void close() {
        restore.close();
    }

    @Test
    void a_volume_whose_answer_was_lost_is_adopted() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        restore.simulator.faults().once(POST_VOLUME, new Fault.LoseAnswer());

        String id = restore.createVolume(plan);

        assertThat(restore.simulator.faults().rules()).isEmpty();
        assertThat(restore.volumes())
                .singleElement()
                .matches(volume -> volume.id().equals(id));
    }

    @Test
    void a_port_whose_answer_was_lost_is_adopted_with_its_addresses() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.TRY_SAME_IPS);
        restore.freeAddresses(plan);
        restore.simulator.faults().once(POST_PORT, new Fault.LoseAnswer());

        Attempt attempt = restore.run(4, Action.CREATE_PORT, restore.portTask(plan, 0));

        assertThat(restore.simulator.faults().rules()).isEmpty();
        assertThat(restore.ports()).hasSize(1);
        assertThat(attempt.detail()).doesNotContainKey("ip_fallback");
    }

    @Test
    void a_server_whose_answer_was_lost_is_adopted() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        String volumeId = restore.createVolume(plan);
        List<String> portIds = restore.createPorts(plan);
        restore.simulator.faults().once(POST_SERVER, new Fault.LoseAnswer());

        String id = restore.createServer(plan, volumeId, portIds);

        assertThat(restore.simulator.faults().rules()).isEmpty();
        assertThat(restore.servers())
                .singleElement()
                .matches(server -> server.id().equals(id));
    }

    @Test
    void a_request_that_never_arrived_is_left_to_the_next_attempt() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        restore.simulator.faults().once(POST_VOLUME, new Fault.DropRequest());

        assertThatThrownBy(() -> restore.createVolume(plan))
                .isInstanceOfSatisfying(
                        CloudException.Unavailable.class,
                        lost -> assertThat(StepFailure.of(lost).retryable()).isTrue());
        assertThat(restore.volumes()).isEmpty();

        restore.createVolume(plan);
        assertThat(restore.volumes()).hasSize(1);
    }

    @Test
    void redelivered_commands_find_what_they_made() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        String volumeId = restore.createVolume(plan);
        assertThat(restore.createVolume(plan)).isEqualTo(volumeId);
        List<String> portIds = restore.createPorts(plan);
        assertThat(restore.createPorts(plan)).isEqualTo(portIds);
        String serverId = restore.createServer(plan, volumeId, portIds);
        assertThat(restore.createServer(plan, volumeId, portIds)).isEqualTo(serverId);
        restore.waitActive(plan, serverId);
        restore.waitActive(plan, serverId);

        assertThat(restore.finish(plan, serverId, volumeId, portIds))
                .isEqualTo(restore.finish(plan, serverId, volumeId, portIds));
        assertThat(restore.createVolume(plan)).isEqualTo(volumeId);
        assertThat(restore.volumes()).hasSize(1);
        assertThat(restore.ports()).hasSize(2);
        assertThat(restore.servers()).hasSize(1);
    }

    @Test
    void two_executors_at_the_same_time_make_one_volume() throws Exception {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);

        assertThat(twice(3, Action.CREATE_VOLUME, restore.volumeTask(plan), ResourceType.VOLUME))
                .containsOnly(restore.volumes().getFirst().id());
        assertThat(restore.volumes()).hasSize(1);
    }

    @Test
    void two_executors_at_the_same_time_make_one_port() throws Exception {
        Plan plan = restore.webPlan(IpStrategy.SAME_IPS_OR_FAIL);
        restore.freeAddresses(plan);

        List<String> ids = twice(4, Action.CREATE_PORT, restore.portTask(plan, 0), ResourceType.PORT);

        assertThat(restore.ports()).hasSize(1);
        assertThat(ids).containsOnly(restore.ports().getFirst().id());
    }

    @Test
    void two_executors_at_the_same_time_make_one_server() throws Exception {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        StepTask task = restore.serverTask(plan, restore.createVolume(plan), restore.createPorts(plan));

        List<String> ids = twice(restore.serverStep(plan), Action.CREATE_SERVER, task, ResourceType.SERVER);

        assertThat(restore.servers()).hasSize(1);
        assertThat(ids).containsOnly(restore.servers().getFirst().id());
    }

    @Test
    void finalize_removes_a_twin_that_came_late() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        String volumeId = restore.createVolume(plan);
        List<String> portIds = restore.createPorts(plan);
        String serverId = restore.createServer(plan, volumeId, portIds);
        restore.waitActive(plan, serverId);
        var network =
                restore.openStack.project(RestoreFixture.TENANT.projectId()).network();
        network.createPort(PortSpec.on(
                plan.nics().getFirst().networkId(),
                restore.ports().getFirst().settings().name()));
        assertThat(restore.ports()).hasSize(3);

        restore.finish(plan, serverId, volumeId, portIds);

        assertThat(restore.ports()).extracting(port -> port.id()).containsExactlyInAnyOrderElementsOf(portIds);
    }

    private List<String> twice(int stepOrder, Action action, StepTask task, ResourceType type) throws Exception {
        List<Future<String>> ends = new ArrayList<>();
        try (ExecutorService executors = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int executor = 0; executor < 2; executor++) {
                Steps steps = restore.newSteps();
                Attempt attempt = restore.attempt(stepOrder, action);
                ends.add(executors.submit(() -> {
                    steps.work(action, task).execute(attempt);
                    return attempt.resources().stream()
                            .filter(resource -> resource.type() == type)
                            .map(Resource::id)
                            .toList()
                            .getLast();
                }));
            }
        }
        List<String> ids = new ArrayList<>();
        for (Future<String> end : ends) {
            ids.add(end.get());
        }
        return ids;
    }
}
