package io.vmrestore.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vmrestore.simulator.cloud.compute.Server;
import io.vmrestore.simulator.cloud.compute.VmState;
import io.vmrestore.simulator.cloud.network.FloatingIp;
import io.vmrestore.simulator.cloud.network.Port;
import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.faults.FaultRule;
import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes on where it stopped when a simulator starts again on the same directory. */
class RestartTest {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    private Path directory;

    @Test
    void faultsStayInForce() {
        FaultRule every;
        try (Simulator first = start()) {
            first.faults().once("POST .*/servers$", new Fault.Answer(503, "busy", 2));
            every = first.faults().add("^web", 3, 2, new Fault.ServerFails(Fault.Stage.SPAWN, "no room"));
            first.faults().always("^app-1$", new Fault.HostDown(null));
        }
        try (Simulator second = start()) {
            assertThat(second.faults().rules())
                    .hasSize(3)
                    .contains(every)
                    .extracting(FaultRule::fault)
                    .contains(new Fault.Answer(503, "busy", 2), new Fault.HostDown(null));
        }
    }

    @Test
    void whatEndsLateStillEnds() {
        String web = Tenant.A.webServerId();
        String app = Tenant.A.appServerId();
        try (Simulator first = start()) {
            HttpCaller http = HttpCaller.serviceUser(first, Tenant.A);
            first.faults().once("^web-1$", new Fault.SoftDelete(SOON));
            first.faults().once("^app-1$", new Fault.PortsOutliveServer(SOON));
            http.delete("/compute/v2.1/servers/" + web);
            http.delete("/compute/v2.1/servers/" + app);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        try (Simulator second = start()) {
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(second.servers()).extracting(Server::id).doesNotContain(web, app);
                assertThat(second.ports())
                        .filteredOn(port -> port.id().equals(Tenant.A.id("port/app-1-0")))
                        .allMatch(Port::isFree);
            });
        }
    }

    @Test
    void softDeletionsLocksAndFloatingIpsAreKept() {
        String web = Tenant.A.webServerId();
        try (Simulator first = start()) {
            HttpCaller http = HttpCaller.serviceUser(first, Tenant.A);
            first.faults().once("^web-1$", new Fault.SoftDelete(Duration.ofHours(1)));
            http.delete("/compute/v2.1/servers/" + web);
            http.post("/compute/v2.1/servers/" + Tenant.A.appServerId() + "/action", "{\"lock\": null}");
            http.post("/network/v2.0/floatingips", """
                {"floatingip": {"floating_network_id": "%s", "port_id": "%s"}}\
                """.formatted(
                            SampleCloud.PUBLIC_NETWORK_ID, Tenant.A.id("port/app-1-0")));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        try (Simulator second = start()) {
            assertThat(second.servers())
                    .filteredOn(server -> server.id().equals(web))
                    .allMatch(server -> server.state().vmState() == VmState.SOFT_DELETED)
                    .hasSize(1);
            assertThat(second.servers())
                    .filteredOn(server -> server.id().equals(Tenant.A.appServerId()))
                    .allMatch(server -> server.state().locked());
            assertThat(second.cloud()
                            .execute(() -> second.cloud()
                                    .floatingIps()
                                    .ofPort(Tenant.A.id("port/app-1-0"))
                                    .toList()))
                    .extracting(FloatingIp::fixedIp)
                    .containsExactly("10.11.0.20");
        }
    }

    private Simulator start() {
        return Simulator.start(SimulatorSettings.instant().withDataDirectory(directory));
    }
}
