package io.vmrestore.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import io.vmrestore.standalone.RestClient.Answer;
import io.vmrestore.standalone.server.StandaloneServer;
import io.vmrestore.standalone.server.StandaloneSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The limits of restores at work through the whole system. */
class LimitsEndToEndTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    @Test
    void aProjectAtItsLimitIsToldSoUntilOneOfItsRestoresHasEnded() {
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        Map<String, String> environment = InstantStandalone.environment(directory);
        environment.put("RESTORE_MAX_ACTIVE_PER_PROJECT", "1");
        try (StandaloneServer server = StandaloneServer.start(StandaloneSettings.fromEnvironment(environment))) {
            RestClient admin = new RestClient(server.instance().gateway())
                    .signedIn(SampleCloud.ADMIN, SampleCloud.ADMIN_PASSWORD, "service");
            String waiting = plan(admin, Tenant.A);
            String atWork = plan(admin, Tenant.A);
            server.simulator().faults().once("restored-", new Fault.VolumeStuck());
            admin.execute(atWork);

            Answer refused = admin.post("/restore/execute", Map.of("plan_id", waiting));
            assertThat(refused.status()).as("%s", refused.body()).isEqualTo(429);
            assertThat(refused.body().path("limit").asString()).isEqualTo("RESTORE_MAX_ACTIVE_PER_PROJECT");
            assertThat(refused.body().path("active").asInt()).isEqualTo(1);
            assertThat(admin.job(waiting).path("status").asString()).isEqualTo("PLANNED");
            assertThat(plan(admin, Tenant.B)).as("another project has room").isNotEmpty();

            assertThat(admin.post("/restore/cancel/" + atWork, Map.of()).status())
                    .isEqualTo(202);
            admin.awaitEnd(atWork, PATIENCE);
            await().atMost(PATIENCE)
                    .until(
                            () -> admin.post("/restore/execute", Map.of("plan_id", waiting))
                                    .status(),
                            status -> status == 202);
            assertThat(admin.awaitEnd(waiting, PATIENCE).path("status").asString())
                    .isEqualTo("COMPLETED");
        }
    }

    private static String plan(RestClient admin, Tenant tenant) {
        return admin.plan(tenant.projectId(), tenant.webServerId(), tenant.id("snapshot/web-1-weekly"), Map.of());
    }
}
