package io.vmrestore.simulator.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.simulator.cloud.network.FloatingIp;
import io.vmrestore.simulator.cloud.network.FloatingIps;
import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import org.junit.jupiter.api.Test;

class FloatingIpsTest {
    private static final String PORT = Tenant.A.id("port/app-1-0");
    private static final String OTHER_PORT = Tenant.A.id("port/db-1-0");

    private final TestCloud test = TestCloud.instant();
    private final FloatingIps floatingIps = test.cloud.floatingIps();
    private final String id = create();

    @Test
    void itLeadsToAPortAndFromThereToAnother() {
        assertThat(associate(id, PORT).fixedIp()).isEqualTo("10.11.0.20");
        FloatingIp moved = associate(id, OTHER_PORT);
        assertThat(moved.portId()).isEqualTo(OTHER_PORT);
        assertThat(moved.fixedIp()).isEqualTo("10.11.0.30");
    }

    @Test
    void itLeadsNowhereOnceItsPortIsGone() {
        associate(id, PORT);
        test.cloud.run(() -> test.cloud.ports().delete(test.caller, PORT));
        FloatingIp left = test.cloud.execute(() -> floatingIps.visible(test.caller, id));
        assertThat(left.portId()).isNull();
        assertThat(left.fixedIp()).isNull();
    }

    @Test
    void anAddressOfAPortHasOneOnly() {
        associate(id, PORT);
        String second = create();
        assertThat(test.refusal(() -> floatingIps.associate(test.caller, second, PORT, null)))
                .contains("already has a floating IP on external network " + SampleCloud.PUBLIC_NETWORK_ID);
    }

    @Test
    void badTargetsAreRefusedInNeutronsWords() {
        assertThat(test.refusal(() -> floatingIps.associate(test.caller, id, "missing", null)))
                .isEqualTo("Port missing could not be found.");
        assertThat(test.refusal(() -> floatingIps.associate(test.caller, id, PORT, "10.9.9.9")))
                .isEqualTo("Bad floatingip request: Port " + PORT + " does not have fixed ip 10.9.9.9.");
        assertThat(test.refusal(() -> floatingIps.create(test.caller, Tenant.A.backNetworkId(), null)))
                .endsWith("is not a valid external network.");
    }

    private String create() {
        return test.cloud.execute(() -> floatingIps
                .create(test.caller, SampleCloud.PUBLIC_NETWORK_ID, null)
                .id());
    }

    private FloatingIp associate(String floatingIp, String port) {
        return test.cloud.execute(() -> floatingIps.associate(test.caller, floatingIp, port, null));
    }
}
