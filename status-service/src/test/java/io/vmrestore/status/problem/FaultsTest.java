package io.vmrestore.status.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vmrestore.status.testing.HttpProbe;
import io.vmrestore.status.testing.StatusService;
import io.vmrestore.status.testing.TestDatabase;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

/** A fault of the service's own, with a column of its tables gone. */
@ExtendWith(OutputCaptureExtension.class)
class FaultsTest {

    @Test
    void aFaultIsToldCountedAndLoggedOnce(CapturedOutput output) {
        try (StatusService service = StatusService.start().awaitReady()) {
            TestDatabase database = service.database();
            HttpProbe client = service.http("viewer");
            assertThat(faults(service)).isEqualTo("0.0");
            database.execute("ALTER TABLE restore_jobs RENAME COLUMN requested_by TO asked_by");

            HttpResponse<String> answer = client.get("/internal/jobs/" + UUID.randomUUID());

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(500);
            JsonNode problem = HttpProbe.json(answer);
            assertThat(problem.path("type").asString()).isEqualTo("urn:vm-restore:problem:internal-error");
            String requestId = problem.path("request_id").asString();
            assertThat(answer.headers().firstValue("X-Openstack-Request-Id")).contains(requestId);
            assertThat(answer.body()).doesNotContain("column", "SELECT", "exception");
            assertThat(faults(service)).isEqualTo("1.0");
            await().atMost(Duration.ofSeconds(10)).until(() -> output.getAll().contains(requestId));
            assertThat(output.getAll().lines().filter(line -> line.contains(requestId)))
                    .singleElement()
                    .asString()
                    .contains("ERROR");
            assertThat(output.getAll()).contains("\tat ");
        }
    }

    private static String faults(StatusService service) {
        return service.management()
                .get("/actuator/prometheus")
                .body()
                .lines()
                .filter(line -> line.startsWith("restore_http_faults_total"))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .findFirst()
                .orElse("not there");
    }
}
