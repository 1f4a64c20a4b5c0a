package io.vmrestore.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vmrestore.simulator.Simulator;
import io.vmrestore.simulator.cloud.network.FloatingIp;
import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;

/**
 * A person pastes every command that an ended restore prints, in the printed order, with the stock client, and then the
 * cloud is as the restore promised: what it left behind is gone, or the VM is back with what it had. One restore for
 * each end that prints commands.
 */
class PrintedCommandsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Fault REFUSED = new Fault.Answer(403, "Policy does not allow it", null);

    @TempDir
    private static Path directory;

    private static PastingSystem system;
    private static Simulator cloud;
    private static RestClient admin;
    private static StockClient shell;
    private static Restores restores;
    private static List<String> loads;

    @BeforeAll
    static void start() {
        system = new PastingSystem(directory, Map.of());
        cloud = system.cloud;
        admin = system.admin;
        shell = system.shell;
        restores = system.restores;
        loads = SampleCloud.addServers(cloud.cloud(), Tenant.A, 0, 8);
    }

    @AfterAll
    static void stop() {
        if (system != null) {
            system.close();
        }
    }

    @AfterEach
    void calm() {
        cloud.faults().clear();
    }

    @Test
    void whatAnInterruptedRestoreLeavesIsDeleted() {
        String vm = Tenant.A.webServerId();
        cloud.faults().once("^web-1-stuck$", new Fault.ServerStuck());
        String job = restores.planned(Tenant.A, vm, "web-1-weekly", Map.of("new_vm_name", "web-1-stuck"));
        admin.execute(job);
        restores.awaitStep(job, "wait_active");

        JsonNode ended = restores.interrupted(job);

        assertThat(restores.commands(ended)).hasSize(5);
        system.paste(ended);
        system.assertNothingLeft(ended);
    }

    @Test
    void theVolumeThatAFailedRestoreKeepsIsDeleted() {
        cloud.faults().always("^POST .*/servers$", REFUSED);
        String job = restores.planned(Tenant.B, Tenant.B.appServerId(), "app-1-daily", Map.of());
        admin.execute(job);

        JsonNode ended = restores.ended(job, "FAILED");

        cloud.faults().clear();
        assertThat(restores.commands(ended)).hasSize(1);
        system.paste(ended);
        system.assertNothingLeft(ended);
    }

    @Test
    void aVolumeThatIsStillMadeIsDeletedOnceItCanBe() {
        cloud.faults().once("^restored-load-0-", new Fault.VolumeStuck());
        String job = restores.planned(Tenant.A, loads.get(0), "load-0", Map.of());
        admin.execute(job);
        admin.awaitJob(
                job,
                PATIENCE,
                now -> restores.step(now, "create_volume")
                        .map(step -> !step.path("resources").isEmpty())
                        .orElse(false));
        admin.post("/restore/cancel/" + job, Map.of());

        JsonNode ended = restores.ended(job, "CANCELLED");

        assertThat(ended.path("instructions").path(0).path("text").asString())
                .endsWith(", once its status is available or error");
        shell.paste(List.of("openstack volume set --state error "
                + ended.path("leftovers").path(0).path("id").asString()));
        system.paste(ended);
        system.assertNothingLeft(ended);
    }

    @Test
    void theDataVolumeOfAReplacedVmIsAttachedAgain() {
        String job = restores.replacing(Tenant.B, Tenant.B.dbServerId(), "db-1", "db-1-daily", "SAME_IPS_OR_FAIL");

        JsonNode ended = restores.ended(job, "COMPLETED");

        assertThat(restores.commands(ended)).hasSize(1);
        system.paste(ended);
        assertThat(system.now(Tenant.B, "db-1").volumeIds())
                .contains(Tenant.B.id("volume/db-1-data"))
                .doesNotContain(Tenant.B.id("volume/db-1-boot"));
        assertThat(cloud.volumes())
                .as("the old disk is kept")
                .anyMatch(volume -> volume.id().equals(Tenant.B.id("volume/db-1-boot")));
    }

    @Test
    void whereTheOriginalIsStillThereOnlyTheNewVolumeGoes() {
        cloud.faults().always("^load-1$", new Fault.ServerDeletionFails("The host is gone"));
        String job = restores.replacing(Tenant.A, loads.get(1), "load-1", "load-1", "TRY_SAME_IPS");

        JsonNode ended = restores.ended(job, "FAILED");

        cloud.faults().clear();
        shell.paste(restores.commands(
                ended, text -> text.contains("see whether it is gone") || text.contains("still there")));
        system.assertNothingLeft(ended);
        assertThat(cloud.servers()).anyMatch(server -> server.id().equals(loads.get(1)));
    }

    @Test
    void whereNobodyKnowsAndTheOriginalIsGoneTheVmIsMadeAgainOnItsOwnPort() {
        VmInCloud was = VmInCloud.withId(cloud, loads.get(2));
        cloud.faults().once("^DELETE .*/servers/" + loads.get(2), new Fault.LateAnswer(Duration.ofHours(1)));
        String job = restores.replacing(Tenant.A, loads.get(2), "load-2", "load-2", "TRY_SAME_IPS");
        await().atMost(PATIENCE)
                .until(() ->
                        cloud.servers().stream().noneMatch(server -> server.id().equals(loads.get(2))));

        JsonNode ended = restores.interrupted(job);

        String look = restores.commands(ended, text -> text.contains("see whether it is gone"))
                .getFirst();
        assertThat(shell.refused(look)).contains("No server with a name or ID of");
        shell.paste(restores.commands(
                ended, text -> !text.contains("see whether it is gone") && !text.contains("still there")));
        was.assertBackAs(system.now(Tenant.A, "load-2"));
    }

    @Test
    void aVmWhosePortsNovaMadeIsMadeAgainWithItsAddressesAndFloatingIp() {
        String vm = Tenant.C.id("server/nova-ports-1");
        String port = Tenant.C.id("port/nova-ports-1-0");
        shell.paste(List.of("openstack --os-project-id " + Tenant.C.projectId() + " floating ip create --port " + port
                + " --floating-ip-address 203.0.113.99 public-net"));
        VmInCloud was = VmInCloud.withId(cloud, vm);
        cloud.faults().always("^POST .*/ports$", REFUSED);
        String job = restores.replacing(Tenant.C, vm, "nova-ports-1", "nova-ports-1-daily", "TRY_SAME_IPS");

        JsonNode ended = restores.ended(job, "FAILED");

        cloud.faults().clear();
        system.paste(ended);
        was.assertBackAs(system.now(Tenant.C, "nova-ports-1"));
        assertThat(cloud.cloud().execute(() -> cloud.cloud().floatingIps().all().toList()))
                .filteredOn(ip -> ip.address().equals("203.0.113.99"))
                .extracting(FloatingIp::portId)
                .containsExactlyElementsOf(system.now(Tenant.C, "nova-ports-1").portIds());
    }

    @Test
    void aVmInAProjectWhereTheServiceUserHasNoRoleIsMadeAgainWithAllThatItHad() {
        VmInCloud was = VmInCloud.withId(cloud, Tenant.B.webServerId());
        cloud.faults().always("^POST .*/servers$", REFUSED);
        String job = restores.replacing(Tenant.B, Tenant.B.webServerId(), "web-1", "web-1-daily", "SAME_IPS_OR_FAIL");

        JsonNode ended = restores.ended(job, "FAILED");

        cloud.faults().clear();
        system.paste(ended);
        was.assertBackAs(system.now(Tenant.B, "web-1"));
    }

    @Test
    void aServerThatDidNotComeUpAndCouldNotBeDeletedIsMadeAgainAndItsKeyPairGoes() {
        VmInCloud was = VmInCloud.withId(cloud, loads.get(3));
        cloud.faults().once("^load-3$", new Fault.ServerFails(Fault.Stage.SPAWN, "No power"));
        cloud.faults().always("^DELETE .*/servers/(?!" + loads.get(3) + ")", REFUSED);
        String job = restores.replacing(Tenant.A, loads.get(3), "load-3", "load-3", "TRY_SAME_IPS");

        JsonNode ended = restores.ended(job, "FAILED");

        cloud.faults().clear();
        assertThat(ended.path("leftovers").findValuesAsString("type")).contains("SERVER", "KEY_PAIR");
        system.paste(ended);
        was.assertBackAs(system.now(Tenant.A, "load-3"));
        system.assertNoKeyPair(ended);
    }

    @Test
    void aServerThatHangsAfterTheOriginalWasDeletedIsMadeAgain() {
        VmInCloud was = VmInCloud.withId(cloud, Tenant.C.dbServerId());
        cloud.faults().once("^db-1$", new Fault.ServerStuck());
        String job = restores.replacing(Tenant.C, Tenant.C.dbServerId(), "db-1", "db-1-daily", "SAME_IPS_OR_FAIL");
        restores.awaitStep(job, "wait_active");

        JsonNode ended = restores.interrupted(job);

        system.paste(ended);
        was.assertBackAs(system.now(Tenant.C, "db-1"));
        assertThat(system.now(Tenant.C, "db-1").volumeIds()).contains(Tenant.C.id("volume/db-1-data"));
        system.assertNoKeyPair(ended);
    }

    @Test
    void namesAreNothingButNames() {
        String name = "-rf \"q\" it's  pä\\ß 北京 $(touch pwned)";
        shell.paste(List.of("openstack --os-project-id " + Tenant.A.projectId() + " server set --name='"
                + name.replace("'", "'\\''") + "' --property='note=-x \"y\" $HOME `id`' " + loads.get(4)));
        VmInCloud was = VmInCloud.withId(cloud, loads.get(4));
        cloud.faults().always("^POST .*/servers$", REFUSED);
        String job = restores.replacing(Tenant.A, loads.get(4), name, "load-4", "TRY_SAME_IPS");

        JsonNode ended = restores.ended(job, "FAILED");

        cloud.faults().clear();
        system.paste(ended);
        was.assertBackAs(system.now(Tenant.A, name));
    }

    @Test
    void theCommandsInThePlanRemoveWhatStandsInItsWay() {
        String vm = Tenant.A.dbServerId();
        String volume = Tenant.A.id("volume/db-1-data");
        String own = "openstack --os-project-id " + Tenant.A.projectId();
        shell.paste(List.of(own + " server lock " + vm));
        cloud.faults()
                .always(volume, new Fault.OddField("volumeAttachment", "delete_on_termination", BooleanNode.TRUE));
        Map<String, String> replace = Map.of("mode", "REPLACE", "ip_strategy", "TRY_SAME_IPS");

        List<String> commands = restores.commandsInPlan(restores.planned(Tenant.A, vm, "db-1-daily", replace));

        assertThat(commands).hasSize(2);
        shell.paste(commands);
        assertThat(restores.reasons(restores.planned(Tenant.A, vm, "db-1-daily", replace)))
                .isEmpty();
    }
}
