package io.vmrestore.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
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

    private static PastingSystem system;

    @BeforeAll
    static void start() {
        system = new PastingSystem(directory, Map.of("RESTORE_CLEANUP_VOLUMES", "true"));
    }

    @AfterAll
    static void stop() {
        if (system != null) {
            system.close();
        }
    }

    @Test
    void aVolumeThatCinderCouldNotDeleteIsDeletedByForce() {
        system.cloud.faults().always("^POST .*/servers$", new Fault.Answer(403, "Policy does not allow it", null));
        system.cloud.faults().always("^restored-app-1-", new Fault.VolumeDeletionFails());
        String job = system.restores.planned(Tenant.A, Tenant.A.appServerId(), "app-1-daily", Map.of());
        system.admin.execute(job);

        JsonNode ended = system.restores.ended(job, "FAILED");

        system.cloud.faults().clear();
        List<String> commands = system.restores.commands(ended);
        assertThat(commands).singleElement().asString().contains(" volume delete --force ");
        system.shell.paste(commands);
        assertThat(system.cloud.volumes())
                .noneMatch(volume -> volume.id()
                        .equals(ended.path("leftovers").path(0).path("id").asString()));
    }
}
