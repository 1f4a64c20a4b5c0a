package io.vmrestore.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.standalone.server.StandaloneServer;
import io.vmrestore.standalone.server.StandaloneSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * This build starts on a data directory that an earlier one has left as a power cut would: what had ended reads as it
 * did, and what had not goes on. {@code frozen/README.md} tells what each restore in it is for.
 */
class FrozenDataTest {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String LETTERS = "/restore/operations/dead-letters";
    private static final String REBUILD = "/restore/operations/status-rebuild";
    private static final FrozenData FROZEN = FrozenData.of71e5066();

    @TempDir
    private Path directory;

    @Test
    void whatHadEndedReadsAsItDidAlsoFromTablesThatAreMadeAnew() {
        try (StandaloneServer server = start(patient());
                HttpClient http = HttpClient.newHttpClient()) {
            RestClient admin = signedIn(server);

            assertEndedAsFrozen(server, http, admin);
            assertThat(FrozenData.lost(
                            "",
                            FROZEN.answers().path("dead_letters"),
                            admin.get(LETTERS).body().path("dead_letters")))
                    .isEmpty();
            for (JsonNode remembered : FROZEN.answers().path("remembered")) {
                assertThat(repeated(server, http, admin, remembered)).isEqualTo(remembered.path("job_id"));
            }

            rebuild(admin);
            assertEndedAsFrozen(server, http, admin);
        }
    }

    @Test
    void whatHadNotEndedGoesOnToItsEnd() {
        try (StandaloneServer server = start(patient())) {
            RestClient admin = signedIn(server);

            assertEnds(admin, "running-volume", "COMPLETED");
            assertEnds(admin, "running-server", "COMPLETED");
            assertEnds(admin, "running-replace", "COMPLETED");
            assertEnds(admin, "running-rollback", "FAILED");
            assertEnds(admin, "running-cancelled", "CANCELLED");
            assertEnds(admin, "pending", "COMPLETED");
            // The 20 minutes of its step are over: the next attempt finds the volume by its mark.
            assertEnds(admin, "running-late", "COMPLETED");
            // Its VM is no more.
            assertEnds(admin, "planned-refused", "CANCELLED");

            String planning = FROZEN.unfinished("planning");
            admin.awaitJob(
                    planning, PATIENCE, job -> !job.path("status").asString().equals("PLANNING"));
            admin.execute(planning);
            assertEnds(admin, "planning", "COMPLETED");
            admin.execute(FROZEN.unfinished("planned"));
            JsonNode restored = assertEnds(admin, "planned", "COMPLETED");
            assertThat(server.simulator().servers())
                    .filteredOn(made ->
                            made.id().equals(restored.at("/result/server_id").asString()))
                    .singleElement()
                    .satisfies(made -> assertThat(made.spec().userData())
                            .as("sealed with the frozen key")
                            .isNotEmpty());
            assertReplaces(admin, "planned-replace", "db-1");
        }
    }

    @Test
    void withUsualSettingsPlansHaveExpiredAndRestoresGoOn() {
        Map<String, String> environment = InstantStandalone.environment(directory);
        // As two hours after the freeze with the default, but true from its first minute on.
        environment.put("RESTORE_PLAN_TTL", "1m");
        try (StandaloneServer server = start(environment)) {
            RestClient admin = signedIn(server);

            assertThat(assertEnds(admin, "planned", "CANCELLED")
                            .at("/cancellation/reason")
                            .asString())
                    .isEqualTo("The plan was not executed within PT1M");
            assertEnds(admin, "running-server", "COMPLETED");
            assertEnds(admin, "running-late", "COMPLETED");
        }
    }

    @Test
    void whereRestoresShallNotOutliveARestartTheyAreInterrupted() {
        Map<String, String> environment = patient();
        environment.put("RESTORE_ON_RESTART", "interrupt");
        try (StandaloneServer server = start(environment)) {
            RestClient admin = signedIn(server);

            JsonNode ended = assertEnds(admin, "running-volume", "INTERRUPTED");
            assertThat(ended.path("leftovers")
                            .valueStream()
                            .map(left -> left.path("type").asString()))
                    .contains("VOLUME");
            assertThat(admin.job(FROZEN.unfinished("planned")).path("status").asString())
                    .isEqualTo("PLANNED");
        }
    }

    private StandaloneServer start(Map<String, String> environment) {
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        FROZEN.unpack(directory);
        return StandaloneServer.start(StandaloneSettings.fromEnvironment(environment));
    }

    /** Settings with which the time since the freeze counts for nothing. */
    private Map<String, String> patient() {
        Map<String, String> environment = InstantStandalone.environment(directory);
        List.of("RESTORE_PLAN_TTL", "RESTORE_STALE_AFTER", "RESTORE_DISPATCH_RETENTION")
                .forEach(limit -> environment.put(limit, "36500d"));
        return environment;
    }

    private static RestClient signedIn(StandaloneServer server) {
        return new RestClient(server.instance().gateway())
                .signedIn(SampleCloud.ADMIN, SampleCloud.ADMIN_PASSWORD, "service");
    }

    private static JsonNode assertEnds(RestClient admin, String name, String status) {
        JsonNode ended = admin.awaitEnd(FROZEN.unfinished(name), PATIENCE);
        assertThat(ended.path("status").asString())
                .as("%s: %s", name, ended.toPrettyString())
                .isEqualTo(status);
        return ended;
    }

    private static void assertReplaces(RestClient admin, String name, String vm) {
        String plan = FROZEN.unfinished(name);
        assertThat(admin.post(
                                "/restore/execute",
                                Map.of("plan_id", plan, "confirm_destructive", "DELETE AND RESTORE " + vm))
                        .status())
                .isEqualTo(202);
        assertEnds(admin, name, "COMPLETED");
    }

    private static void assertEndedAsFrozen(StandaloneServer server, HttpClient http, RestClient admin) {
        JsonNode list = admin.get("/restore/jobs?limit=100").body().path("jobs");
        for (JsonNode before : FROZEN.ended()) {
            String id = before.at("/job/job_id").asString();
            JsonNode listed = list.valueStream()
                    .filter(job -> job.path("job_id").asString().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(id + " is not listed"));
            assertThat(FrozenData.lost("", before.path("job"), admin.job(id))).isEmpty();
            assertThat(FrozenData.lost("", before.path("listed"), listed)).isEmpty();
            assertThat(FrozenData.lost("", before.path("events"), events(server, http, admin, id)))
                    .isEmpty();
        }
    }

    private static void rebuild(RestClient admin) {
        String run = admin.post(REBUILD, Map.of()).body().path("id").asString();
        JsonNode ended = await().atMost(PATIENCE)
                .until(
                        () -> admin.get(REBUILD).body(),
                        shown -> !shown.path("state").asString().equals("RUNNING"));
        assertThat(ended.path("id").asString()).isEqualTo(run);
        assertThat(ended.path("state").asString()).as(ended.toPrettyString()).isEqualTo("COMPLETED");
    }

    /** The stream of an ended job from its beginning; it ends by itself. */
    private static ArrayNode events(StandaloneServer server, HttpClient http, RestClient admin, String job) {
        ArrayNode events = JSON.createArrayNode();
        String stream = send(http, request(server, admin, "/restore/jobs/" + job + "/events"));
        for (String block : stream.split("\n\n")) {
            var event = JSON.createObjectNode();
            block.lines().filter(line -> !line.startsWith(":")).forEach(line -> {
                String name = line.substring(0, line.indexOf(':'));
                String value = line.substring(name.length() + 1);
                event.set(name, name.equals("data") ? JSON.readTree(value) : JSON.valueToTree(value));
            });
            if (event.has("data")) {
                events.add(event);
            }
        }
        return events;
    }

    /** Which job a request is about that is sent once more, byte for byte. */
    private static JsonNode repeated(StandaloneServer server, HttpClient http, RestClient admin, JsonNode first) {
        return JSON.readTree(send(
                        http,
                        request(server, admin, first.path("path").asString())
                                .header("Idempotency-Key", first.path("key").asString())
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        first.path("body").asString()))))
                .path("job_id");
    }

    private static HttpRequest.Builder request(StandaloneServer server, RestClient admin, String path) {
        return HttpRequest.newBuilder(URI.create(server.instance().gateway() + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + admin.token());
    }

    private static String send(HttpClient http, HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString(UTF_8)).body();
        } catch (IOException failed) {
            throw new AssertionError(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }
}
