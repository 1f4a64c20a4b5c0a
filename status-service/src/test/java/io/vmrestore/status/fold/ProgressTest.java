package io.vmrestore.status.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vmrestore.embedded.DatabaseEndpoint;
import io.vmrestore.embedded.testing.TestInfrastructure;
import io.vmrestore.status.testing.EventTopic;
import io.vmrestore.status.testing.HttpProbe;
import io.vmrestore.status.testing.RestoreLife;
import io.vmrestore.status.testing.StatusService;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** What the service tells over HTTP of a fold that does not get on. */
@Timeout(180)
class ProgressTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Test
    void aFoldThatWaitsForALockShowsAndTheServiceStaysReady() throws SQLException {
        DatabaseEndpoint endpoint = TestInfrastructure.newDatabase();
        RestoreLife life = RestoreLife.smooth(90_000);
        try (EventTopic topic = new EventTopic();
                StatusService service =
                        StatusService.start(endpoint, "status-" + UUID.randomUUID(), "--RESTORE_PROGRESS_TIMEOUT=3s");
                Connection other =
                        DriverManager.getConnection(endpoint.jdbcUrl(), endpoint.user(), endpoint.password())) {
            service.awaitReady();
            awaitProgress(service, 200);

            other.setAutoCommit(false);
            try (Statement statement = other.createStatement()) {
                statement.execute("LOCK TABLE restore_jobs IN EXCLUSIVE MODE");
            }
            topic.publish(life.events());
            awaitProgress(service, 503);
            JsonNode fold = service.management()
                    .json("/actuator/health/progress")
                    .path("components")
                    .path("foldProgress");
            assertThat(fold.path("status").asString()).isEqualTo("DOWN");
            assertThat(fold.path("details").path("stalled_seconds").asInt()).isGreaterThanOrEqualTo(3);
            assertThat(health(service, "readiness")).isEqualTo(200);
            assertThat(health(service, "liveness")).isEqualTo(200);
            assertThat(service.management().get("/actuator/prometheus").body())
                    .containsPattern("restore_fold_stalled_seconds [3-9]");

            other.rollback();
            awaitProgress(service, 200);
            HttpProbe http = service.http("viewer");
            assertThat(http.json("/internal/jobs/" + life.jobId() + "?until=ended&wait_millis=30000")
                            .path("version")
                            .asLong())
                    .isEqualTo(life.lastState().version());
        }
    }

    private static void awaitProgress(StatusService service, int status) {
        await("progress answers " + status).atMost(LIMIT).until(() -> health(service, "progress") == status);
    }

    private static int health(StatusService service, String group) {
        return service.management().get("/actuator/health/" + group).statusCode();
    }
}
