package io.vmrestore.verification.benchmarks.system;

import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one client: restores the same VM, which has one network card, beside itself, again and again, and leaves all
 * waiting to the gateway.
 */
public final class Caller {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);
    private static final Duration RESTORE_LIMIT = Duration.ofMinutes(2);
    private static final int LONGEST_WAIT_SECONDS = 50;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String gateway;
    private String token = "";

    /** @param gateway its address */
    public Caller(String gateway) {
        this.gateway = gateway;
    }

    /**
     * How long one restore took, as its caller sees it.
     *
     * @param planAndExecute from the request for a plan to the end
     * @param execute from the request to execute to the end
     */
    public record Times(Duration planAndExecute, Duration execute) {}

    /** Signs in; asks again where a machine at its limit lets the first answer be late. */
    public void login() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + RESTORE_LIMIT.toNanos();
        while (token.isEmpty()) {
            try {
                token = token();
            } catch (IOException refused) {
                if (System.nanoTime() > deadline) {
                    throw refused;
                }
            }
        }
    }

    private String token() throws IOException, InterruptedException {
        return post(
                        "/auth/login",
                        Map.of(
                                "username",
                                SampleCloud.ADMIN,
                                "password",
                                SampleCloud.ADMIN_PASSWORD,
                                "project",
                                "service"))
                .path("access_token")
                .asString();
    }

    /**
     * Plans, executes, and waits for the end.
     *
     * @throws IOException if any request is refused, or the restore does not complete in time
     */
    public Times restore() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        String job = post(
                        "/restore/plan",
                        Map.of(
                                "project_id", Tenant.A.projectId(),
                                "vm_id", Tenant.A.appServerId(),
                                "restore_point_id", Tenant.A.id("snapshot/app-1-daily"),
                                "ip_strategy", "NEW_IPS"))
                .path("job_id")
                .asString();
        long planned = System.nanoTime();
        post("/restore/execute", Map.of("plan_id", job));
        JsonNode ended = awaitEnd(job, begin + RESTORE_LIMIT.toNanos());
        long end = System.nanoTime();
        if (!ended.path("status").asString().equals("COMPLETED")) {
            throw new IOException("A restore ended otherwise than COMPLETED: " + ended);
        }
        return new Times(Duration.ofNanos(end - begin), Duration.ofNanos(end - planned));
    }

    private JsonNode awaitEnd(String job, long deadline) throws IOException, InterruptedException {
        while (true) {
            JsonNode seen = send(request("/restore/jobs/" + job).GET());
            if (!seen.path("completed_at").isNull()) {
                return seen;
            }
            if (System.nanoTime() > deadline) {
                throw new IOException("A restore has not ended in " + RESTORE_LIMIT.toSeconds() + " s: " + seen);
            }
        }
    }

    private JsonNode post(String path, Map<String, ?> body) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    private HttpRequest.Builder request(String path) {
        // A plan is waited for as well, where a machine at its limit takes longer for it than the gateway waits
        // unasked.
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(gateway + path))
                .timeout(ANSWER_LIMIT)
                .header("Prefer", "wait=" + LONGEST_WAIT_SECONDS);
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException(answer.uri().getPath() + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return JSON.readTree(answer.body());
    }
}
