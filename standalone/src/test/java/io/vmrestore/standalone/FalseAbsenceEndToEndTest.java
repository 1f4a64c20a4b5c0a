package io.vmrestore.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vmrestore.common.contract.RestoreEvent.StepProgressed;
import io.vmrestore.openstack.OpenStack;
import io.vmrestore.openstack.ProjectCloud;
import io.vmrestore.openstack.compute.Server;
import io.vmrestore.openstack.compute.ServerSpec;
import io.vmrestore.openstack.network.PortSpec;
import io.vmrestore.openstack.settings.CloudSettings;
import io.vmrestore.openstack.settings.Credentials;
import io.vmrestore.openstack.volume.Volume;
import io.vmrestore.openstack.volume.VolumeSpec;
import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import io.vmrestore.standalone.server.StandaloneServer;
import io.vmrestore.standalone.server.StandaloneSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a cloud says oddly costs no VM and no advice to delete a healthy one, through the whole system. */
class FalseAbsenceEndToEndTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Tenant TENANT = Tenant.A;

    @TempDir
    private static Path directory;

    private static StandaloneServer server;
    private static RestClient admin;
    private static OpenStack owner;
    private static ProjectCloud theirs;
    private static List<String> vms;

    @BeforeAll
    static void start() {
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        Map<String, String> environment = InstantStandalone.environment(directory);
        environment.put("RESTORE_AUDIT_INTERVAL", "1s");
        server = StandaloneServer.start(StandaloneSettings.fromEnvironment(environment));
        admin = new RestClient(server.instance().gateway())
                .signedIn(SampleCloud.ADMIN, SampleCloud.ADMIN_PASSWORD, "service");
        vms = SampleCloud.addServers(server.simulator().cloud(), TENANT, 0, 3);
        owner = OpenStack.connect(CloudSettings.of(
                URI.create(server.simulator().authUrl()),
                new Credentials(
                        TENANT.owner(), "Default", TENANT.ownerPassword(), TENANT.projectName(), null, "Default"),
                null));
        theirs = owner.project(TENANT.projectId());
    }

    @AfterAll
    static void stop() {
        owner.close();
        server.close();
    }

    @Test
    void stray_answers_while_a_vm_is_replaced_leave_one_vm_on_its_address() {
        String vm = vms.get(0);
        String port = theirs.network().portsOfServer(vm).getFirst().id();
        String address = theirs.network().port(port).fixedIps().getFirst().ipAddress();
        server.simulator()
                .faults()
                .add("GET .*/(servers|ports|volumes)/[0-9a-f-]{36}$", 2, 8, new Fault.StrayNotFound(null));

        JsonNode job = replaced(vm, 0, "SAME_IPS_OR_FAIL");

        assertThat(job.path("status").asString()).as(job.toPrettyString()).isEqualTo("COMPLETED");
        assertThat(server.simulator().servers()).noneMatch(one -> one.id().equals(vm) && one.exists());
        assertThat(theirs.network().ports())
                .filteredOn(one -> one.fixedIps().stream().anyMatch(ip -> address.equals(ip.ipAddress())))
                .singleElement()
                .satisfies(one -> assertThat(one.deviceId())
                        .isEqualTo(job.path("result").path("server_id").asString()));
    }

    @Test
    void an_old_volume_that_is_detached_slowly_keeps_nobody_waiting() {
        String vm = vms.get(1);
        server.simulator().faults().once("^load-1-boot$", new Fault.VolumeReleasedLate(Duration.ofHours(1)));

        JsonNode job = replaced(vm, 1, "TRY_SAME_IPS");

        assertThat(job.path("status").asString()).as(job.toPrettyString()).isEqualTo("COMPLETED");
        assertThat(theirs.volumes().volumes())
                .as("it is still detaching when the restore has ended")
                .extracting(Volume::status)
                .contains("detaching");
    }

    @Test
    void a_clone_of_a_restored_vm_is_no_leftover() {
        String jobId = admin.plan(TENANT.projectId(), vms.get(2), SampleCloud.loadSnapshotId(TENANT, 2), Map.of());
        admin.execute(jobId);
        JsonNode job = admin.awaitEnd(jobId, PATIENCE);
        assertThat(job.path("status").asString()).as(job.toPrettyString()).isEqualTo("COMPLETED");

        String clone = clone(job.path("result").path("server_id").asString());

        JsonNode told = admin.awaitJob(
                jobId,
                PATIENCE,
                now -> now.path("steps").toString().contains("server " + clone + " (clone): made by user"));
        assertThat(told.path("steps").toString()).contains(StepProgressed.NOT_PROVEN);
        assertThat(told.path("status").asString()).isEqualTo("COMPLETED");
        assertThat(told.path("leftovers").toString()).doesNotContain(clone);
        assertThat(told.path("next_actions").toString()).doesNotContain(clone);
    }

    private static JsonNode replaced(String vm, int number, String strategy) {
        String jobId = admin.plan(
                TENANT.projectId(),
                vm,
                SampleCloud.loadSnapshotId(TENANT, number),
                Map.of("mode", "REPLACE", "ip_strategy", strategy));
        admin.post(
                "/restore/execute",
                Map.of("plan_id", jobId, "confirm_destructive", "DELETE AND RESTORE load-" + number));
        return admin.awaitEnd(jobId, PATIENCE);
    }

    /** A server of the owner's with the metadata and tags of the restored one, as tools make them. */
    private static String clone(String restored) {
        Server ours = theirs.compute().server(restored);
        String volume = theirs.volumes()
                .create(new VolumeSpec(
                        "clone", SampleCloud.loadSnapshotId(TENANT, 2), null, null, null, null, Map.of()))
                .id();
        await().until(() -> theirs.volumes().volume(volume).available());
        String port = theirs.network()
                .createPort(PortSpec.on(TENANT.frontNetworkId(), "clone"))
                .id();
        return theirs.compute()
                .create(new ServerSpec(
                        "clone",
                        SampleCloud.FLAVOR_SMALL_ID,
                        volume,
                        List.of(port),
                        null,
                        ours.metadata(),
                        ours.tags(),
                        null,
                        null,
                        false,
                        null,
                        null));
    }
}
