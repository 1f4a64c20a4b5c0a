package io.vmrestore.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.simulator.Simulator;
import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import io.vmrestore.standalone.server.StandaloneServer;
import io.vmrestore.standalone.server.StandaloneSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The printed commands of restores that remove their volumes themselves, where that fails. */
class PrintedCommandsAfterCleanupTest {
    @TempDir
    private static Path directory;

    private static StandaloneServer system;
    private static Simulator cloud;
    private static Restores restores;
    private static RestClient admin;

    @BeforeAll
    static void start() {
        StockClient.require();
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        Map<String, String> environment = InstantStandalone.environment(directory);
        environment.put("RESTORE_CLEANUP_VOLUMES", "true");
        system = StandaloneServer.start(StandaloneSettings.fromEnvironment(environment));
        cloud = system.simulator();
        admin = new RestClient(system.instance().gateway())
                .signedIn(SampleCloud.ADMIN, SampleCloud.ADMIN_PASSWORD, "service");
        restores = new Restores(admin);
    }

    @AfterAll
    static void stop() {
        if (system != null) {
            system.close();
        }
    }

    @Test
    void aVolumeThatCinderCouldNotDeleteIsDeletedByForce() {
        cloud.faults().always("^POST .*/servers$", new Fault.Answer(403, "Policy does not allow it", null));
        cloud.faults().always("^restored-app-1-", new Fault.VolumeDeletionFails());
        String job = restores.planned(Tenant.A, Tenant.A.appServerId(), "app-1-daily", Map.of());
        admin.execute(job);

        JsonNode ended = restores.ended(job, "FAILED");

        cloud.faults().clear();
        List<String> commands = restores.commands(ended);
        assertThat(commands).singleElement().asString().contains(" volume delete --force ");
        new StockClient(cloud.authUrl(), SampleCloud.ADMIN, SampleCloud.ADMIN_PASSWORD, directory).paste(commands);
        assertThat(cloud.volumes())
                .noneMatch(volume -> volume.id()
                        .equals(ended.path("leftovers").path(0).path("id").asString()));
    }
}
