package io.vmrestore.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import io.vmrestore.standalone.server.StandaloneServer;
import io.vmrestore.standalone.server.StandaloneSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What standalone did before it was stopped is there when it starts again: jobs, events and the simulated cloud. */
class StandaloneRestartTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    @Test
    void aSecondStartKnowsEveryJobAndGoesOnWithAPlannedOne() {
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        JsonNode completed;
        String planned;
        try (StandaloneServer first = start()) {
            RestClient admin = signedIn(first);
            String jobId = plan(admin, "kept");
            admin.execute(jobId);
            completed = admin.awaitEnd(jobId, PATIENCE);
            planned = plan(admin, "later");
        }

        try (StandaloneServer second = start()) {
            RestClient admin = signedIn(second);

            assertThat(admin.job(completed.path("job_id").asString())).isEqualTo(completed);
            String serverId = completed.path("result").path("server_id").asString();
            assertThat(second.simulator().servers())
                    .anyMatch(server -> server.id().equals(serverId));

            admin.execute(planned);
            assertThat(admin.awaitEnd(planned, PATIENCE).path("status").asString())
                    .isEqualTo("COMPLETED");
        }
    }

    private StandaloneServer start() {
        return StandaloneServer.start(StandaloneSettings.fromEnvironment(InstantStandalone.environment(directory)));
    }

    private static RestClient signedIn(StandaloneServer server) {
        return new RestClient(server.instance().gateway())
                .signedIn(SampleCloud.ADMIN, SampleCloud.ADMIN_PASSWORD, "service");
    }

    private static String plan(RestClient admin, String name) {
        return admin.plan(
                Tenant.A.projectId(),
                Tenant.A.appServerId(),
                Tenant.A.id("snapshot/app-1-daily"),
                Map.of("new_vm_name", name));
    }
}
