package io.vmrestore.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import io.vmrestore.standalone.fuzz.Contract;
import io.vmrestore.standalone.fuzz.Fuzz;
import io.vmrestore.standalone.server.StandaloneServer;
import io.vmrestore.standalone.server.StandaloneSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Requests made from the OpenAPI document of the whole system, in one JVM. Nothing but 502, 503 and 504 may be a 5xx,
 * every error is a documented problem, and every answer is one that the document has.
 *
 * <p>The long form, {@code -Dfuzz.requests=50000 -Dfuzz.seed=N}, sends as many as wanted.
 */
class InterfaceFuzzTest {
    private static final long SEED = Long.getLong("fuzz.seed", 20_261_130L);
    private static final int REQUESTS = Integer.getInteger("fuzz.requests", 1500);
    private static final Pattern KIND = Pattern.compile("^\\| `([a-z-]+)` \\| (\\d{3}) \\|", Pattern.MULTILINE);
    private static final Tenant TENANT = Tenant.A;

    @TempDir
    private static Path directory;

    private static StandaloneServer server;

    @BeforeAll
    static void start() {
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        Map<String, String> environment = InstantStandalone.environment(directory);
        environment.put("RESTORE_PLAN_WAIT", "2s");
        server = StandaloneServer.start(StandaloneSettings.fromEnvironment(environment));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void keepsToItsContractWhateverIsSent() throws IOException, InterruptedException {
        String url = server.instance().gateway();
        RestClient admin = new RestClient(url).signedIn(SampleCloud.ADMIN, SampleCloud.ADMIN_PASSWORD, "service");
        RestClient viewer = new RestClient(url)
                .signedIn("reader@company.com", SampleCloud.ROLE_USER_PASSWORD, TENANT.projectName());
        JsonNode document = admin.get("/openapi.json").body();

        Fuzz fuzz = new Fuzz(url, new Contract(document), documentedKinds())
                .knows("project_id", TENANT.projectId(), Tenant.B.projectId())
                .knows("vm_id", TENANT.webServerId(), TENANT.appServerId(), TENANT.statelessServerId())
                .knows("restore_point_id", TENANT.id("snapshot/web-1-daily"), TENANT.id("snapshot/app-1-weekly"))
                .knows("tenant_name", TENANT.projectName(), Tenant.B.projectName())
                .knows("requested_by", SampleCloud.ADMIN);
        List<String> wrong = fuzz.run(SEED, REQUESTS, List.of(admin.token(), viewer.token(), "garbage", ""));

        System.out.println(REQUESTS + " requests of seed " + SEED + " were answered " + fuzz.statuses());
        assertThat(wrong)
                .as(() -> "Repeat with -Dfuzz.seed=" + SEED + " -Dfuzz.requests=" + REQUESTS + "\n"
                        + String.join("\n", wrong))
                .isEmpty();
        // Otherwise nothing but refusals would have been looked at.
        assertThat(fuzz.statuses()).containsKeys("200", "201", "202", "400", "401", "404", "405", "409");
        String job = admin.plan(TENANT.projectId(), TENANT.webServerId(), TENANT.id("snapshot/web-1-daily"), Map.of());
        admin.execute(job);
        assertThat(admin.awaitEnd(job, Duration.ofSeconds(60)).path("status").asString())
                .isEqualTo("COMPLETED");
    }

    private static Map<String, Integer> documentedKinds() throws IOException {
        Map<String, Integer> kinds = new HashMap<>();
        Matcher rows = KIND.matcher(Files.readString(Path.of("..", "docs", "problems.md")));
        while (rows.find()) {
            kinds.put(rows.group(1), Integer.valueOf(rows.group(2)));
        }
        return kinds;
    }
}
