package io.vmrestore.simulator.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.simulator.cloud.identity.Caller;
import io.vmrestore.simulator.cloud.network.FixedIp;
import io.vmrestore.simulator.cloud.network.IpAddress;
import io.vmrestore.simulator.cloud.network.Port;
import io.vmrestore.simulator.cloud.network.PortRequest;
import io.vmrestore.simulator.cloud.network.PortRequest.WantedIp;
import io.vmrestore.simulator.engine.Owner;
import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortsTest {
    private final TestCloud test = TestCloud.instant();

    @Test
    void theCreatingCallReservesAndConflictsAreToldApart() {
        Port port = create(Tenant.A.frontNetworkId(), "10.10.0.77", "fd10:10::77");
        assertThat(port.fixedIps()).extracting(FixedIp::ipAddress).containsExactly("10.10.0.77", "fd10:10::77");
        assertThat(refusal(Tenant.A.frontNetworkId(), "10.10.0.77"))
                .startsWith("IP address 10.10.0.77 already allocated in subnet ");
        test.cloud.run(() -> test.cloud.ports().delete(test.caller, port.id()));
        assertThat(create(Tenant.A.frontNetworkId(), "10.10.0.77").fixedIps()).hasSize(1);
    }

    @Test
    void freeAddressesAreNeverGivenTwice() {
        Set<String> given = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            create(Tenant.A.backNetworkId(), "10.11.0." + (i + 50)).fixedIps().forEach(ip -> given.add(ip.ipAddress()));
        }
        for (int i = 0; i < 46; i++) {
            Port port = test.cloud.execute(
                    () -> test.cloud.ports().create(test.caller, PortRequest.on(Tenant.A.backNetworkId())));
            port.fixedIps().forEach(ip -> given.add(ip.ipAddress()));
        }
        assertThat(given).hasSize(246);
    }

    @Test
    void anExhaustedNetworkSaysSo() {
        String network = Tenant.A.backNetworkId();
        for (int i = 0; i < 250; i++) {
            test.cloud.run(() -> test.cloud.ports().create(test.caller, PortRequest.on(network)));
        }
        assertThat(test.refusal(() -> test.cloud.ports().create(test.caller, PortRequest.on(network))))
                .isEqualTo("No more IP addresses available on network " + network + ".");
    }

    @Test
    void aMemberMayNotChooseAnAddressOnASharedNetworkButAnAdminMay() {
        Caller member =
                test.cloud.execute(() -> test.cloud.callerFor(new Owner(Tenant.A.projectId(), Tenant.A.ownerId())));
        PortRequest request = PortRequest.on(SampleCloud.SHARED_NETWORK_ID, "", List.of("10.99.0.50"), List.of());
        assertThat(test.refusal(() -> test.cloud.ports().create(member, request)))
                .endsWith("is disallowed by policy");
        test.cloud.run(() -> test.cloud.ports().create(test.caller, request));
    }

    @Test
    void onASlaacSubnetTheAddressFollowsTheMac() {
        Port port = create(Tenant.B.frontNetworkId(), "10.20.0.77");
        assertThat(port.fixedIps()).hasSize(2);
        assertThat(port.fixedIps().get(1).ipAddress()).startsWith("fd20:20::");
        assertThat(refusal(Tenant.B.frontNetworkId(), "fd20:20::99"))
                .contains("the subnet is configured for automatic addresses");
    }

    @Test
    void onASlaacSubnetNotEvenTheAddressOfTheMacCanBeChosen() {
        String network = Tenant.B.frontNetworkId();
        List<WantedIp> own = List.of(new WantedIp(null, "fd20:20::f816:3eff:fe11:2233"));
        PortRequest request = new PortRequest(
                network, null, "p", null, null, "fa:16:3e:11:22:33", own, List.of(), null, null, null, null, null);
        assertThat(test.refusal(() -> test.cloud.ports().create(test.caller, request)))
                .contains("the subnet is configured for automatic addresses");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 10.0.0.1",
        "fd10:0:0:0:0:0:0:a, fd10::a",
        "FD10:0:0:1:0:0:0:0, fd10:0:0:1::",
        "::, ::",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1"
    })
    void addressesAreWrittenInTheirCanonicalForm(String text, String canonical) {
        assertThat(IpAddress.of(text)).hasToString(canonical);
    }

    private Port create(String network, String... addresses) {
        PortRequest request = PortRequest.on(network, "p", List.of(addresses), List.of());
        return test.cloud.execute(() -> test.cloud.ports().create(test.caller, request));
    }

    private String refusal(String network, String address) {
        return test.refusal(() -> create(network, address));
    }
}
