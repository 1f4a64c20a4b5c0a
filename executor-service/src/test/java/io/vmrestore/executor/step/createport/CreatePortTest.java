package io.vmrestore.executor.step.createport;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.executor.attempt.StepFailure;
import io.vmrestore.executor.step.RestoreFixture;
import io.vmrestore.simulator.cloud.network.FixedIp;
import io.vmrestore.simulator.cloud.network.Port;
import io.vmrestore.simulator.faults.Fault;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Making a port beside the original: repeated, unanswered, at the same time, and with addresses that are taken. */
@Timeout(60)
class CreatePortTest {
    private static final String POST_PORT = "^POST .*/ports$";

    private final RestoreFixture restore = new RestoreFixture();

    @AfterEach
    void close() {
        restore.close();
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
    void two_executors_at_the_same_time_make_one_port() throws Exception {
        Plan plan = restore.webPlan(IpStrategy.SAME_IPS_OR_FAIL);
        restore.freeAddresses(plan);

        List<String> ids = ids(restore.twice(4, Action.CREATE_PORT, restore.portTask(plan, 0)), ResourceType.PORT);

        assertThat(restore.ports()).hasSize(1);
        assertThat(ids).containsOnly(restore.ports().getFirst().id());
    }

    @Test
    void addresses_that_are_taken_fail_the_step_where_they_are_required() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.SAME_IPS_OR_FAIL);
        String address = plan.nics().getFirst().originalIps().getFirst().ipAddress();

        StepFailure failure = restore.failure(4, Action.CREATE_PORT, restore.portTask(plan, 0));

        assertThat(failure.failure().kind()).isEqualTo(FailureKind.ADDRESS_NOT_AVAILABLE);
        assertThat(failure.failure().message())
                .startsWith("Interface 0 cannot have [")
                .contains(address);
        assertThat(failure.failure().httpStatus()).isEqualTo(409);
        assertThat(failure.retryable()).isFalse();
        assertThat(restore.ports()).isEmpty();
    }

    @Test
    void addresses_that_are_taken_are_given_up_where_they_are_only_wished_for() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.TRY_SAME_IPS);

        Attempt attempt = restore.run(4, Action.CREATE_PORT, restore.portTask(plan, 0));

        assertThat(restore.ports()).singleElement().satisfies(port -> {
            assertThat(port.fixedIps()).isNotEmpty();
            assertThat(port.settings().securityGroups())
                    .containsExactlyInAnyOrderElementsOf(plan.nics().getFirst().securityGroups());
        });
        assertThat(attempt.detail().get("ip_fallback")).asString().contains("already allocated");
    }

    @Test
    void where_addresses_may_not_be_chosen_the_network_chooses() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.TRY_SAME_IPS);
        restore.freeAddresses(plan);
        restore.simulator.faults().once("^POST .*/ports$", new Fault.Answer(403, "Not allowed by policy", null));

        Attempt attempt = restore.run(4, Action.CREATE_PORT, restore.portTask(plan, 0));

        assertThat(restore.ports()).hasSize(1);
        assertThat(attempt.detail().get("ip_fallback")).asString().contains("Not allowed by policy");
    }

    @Test
    void takes_the_same_addresses_where_they_are_free() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.SAME_IPS_OR_FAIL);
        restore.freeAddresses(plan);

        List<String> portIds = restore.createPorts(plan);

        assertThat(restore.ports()).hasSize(2);
        Port front = restore.ports().stream()
                .filter(port -> port.id().equals(portIds.getFirst()))
                .findFirst()
                .orElseThrow();
        assertThat(front.fixedIps())
                .extracting(FixedIp::ipAddress)
                .containsExactlyInAnyOrderElementsOf(plan.nics().getFirst().originalIps().stream()
                        .map(ip -> ip.ipAddress())
                        .toList());
    }

    @Test
    void a_repeated_command_finds_what_was_made() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);

        List<String> portIds = restore.createPorts(plan);

        assertThat(restore.createPorts(plan)).isEqualTo(portIds);
        assertThat(restore.ports()).hasSize(2);
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
