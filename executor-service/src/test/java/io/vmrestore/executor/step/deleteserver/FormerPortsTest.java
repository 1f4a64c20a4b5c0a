package io.vmrestore.executor.step.deleteserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.NicPlan;
import io.vmrestore.executor.step.RestoreFixture;
import io.vmrestore.survey.Presence;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The ports of a server that is gone. */
@Timeout(60)
class FormerPortsTest {
    private final RestoreFixture restore = new RestoreFixture();

    @AfterEach
    void close() {
        restore.close();
    }

    @Test
    void a_port_that_somebody_took_meanwhile_is_left_alone() throws InterruptedException {
        NicPlan nic = restore.webPlan(IpStrategy.NEW_IPS).nics().getFirst();
        new FormerPorts(
                        "another-server",
                        new Presence.Gone<>("no such server"),
                        restore.attempt(4, Action.DELETE_SERVER))
                .free(List.of(nic), IpStrategy.NEW_IPS);

        assertThat(restore.simulator.ports()).anyMatch(port -> port.id().equals(nic.sourcePortId()));
    }
}
