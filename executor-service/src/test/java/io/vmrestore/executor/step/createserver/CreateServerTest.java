package io.vmrestore.executor.step.createserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.executor.step.RestoreFixture;
import io.vmrestore.simulator.faults.Fault;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Making the server: repeated, unanswered, at the same time. */
@Timeout(60)
class CreateServerTest {
    private static final String POST_SERVER = "^POST .*/servers$";

    private final RestoreFixture restore = new RestoreFixture();

    @AfterEach
    void close() {
        restore.close();
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
    void two_executors_at_the_same_time_make_one_server() throws Exception {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        StepTask task = restore.serverTask(plan, restore.createVolume(plan), restore.createPorts(plan));

        List<String> ids =
                ids(restore.twice(restore.serverStep(plan), Action.CREATE_SERVER, task), ResourceType.SERVER);

        assertThat(restore.servers()).hasSize(1);
        assertThat(ids).containsOnly(restore.servers().getFirst().id());
    }

    @Test
    void a_repeated_command_finds_what_was_made() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        String volumeId = restore.createVolume(plan);
        List<String> portIds = restore.createPorts(plan);

        String serverId = restore.createServer(plan, volumeId, portIds);

        assertThat(restore.createServer(plan, volumeId, portIds)).isEqualTo(serverId);
        assertThat(restore.servers()).hasSize(1);
    }

    private static List<String> ids(List<Attempt> attempts, ResourceType type) {
        return attempts.stream()
                .map(attempt -> attempt.resources().stream()
                        .filter(resource -> resource.type() == type)
                        .map(Resource::id)
                        .toList()
                        .getLast())
                .toList();
    }
}
