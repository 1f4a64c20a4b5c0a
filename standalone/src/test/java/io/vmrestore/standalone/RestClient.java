package io.vmrestore.standalone;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The gateway as a client sees it; waits for conditions with a deadline. */
final class RestClient {
    private static final Duration POLL_INTERVAL = Duration.ofMillis(5);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;
    private @Nullable String token;

    RestClient(String url) {
        this.url = url;
    }

    /** The bearer token of the signed-in user. */
    String token() {
        return Objects.requireNonNull(token, "nobody is signed in");
    }

    /** An answer, whatever its status. */
    record Answer(int status, JsonNode body) {}

    RestClient signedIn(String username, String password, String project) {
        Answer answer = post("/auth/login", Map.of("username", username, "password", password, "project", project));
        if (answer.status() != 200) {
            throw new AssertionError("login answered " + answer);
        }
        token = answer.body().path("access_token").asString();
        return this;
    }

    /** From now on with this token. */
    void bearing(String accessToken) {
        token = accessToken;
    }

    Answer post(String path, Map<String, ?> body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    Answer get(String path) {
        return send(request(path).GET());
    }

    /** Plans a restore and returns the job's id. */
    String plan(String project, String vm, String snapshot, Map<String, ?> more) {
        Map<String, Object> body = new HashMap<>(more);
        body.put("project_id", project);
        body.put("vm_id", vm);
        body.put("restore_point_id", snapshot);
        Answer answer = post("/restore/plan", body);
        if (answer.status() != 201) {
            throw new AssertionError("plan answered " + answer);
        }
        return answer.body().path("job_id").asString();
    }

    void execute(String jobId) {
        Answer answer = post("/restore/execute", Map.of("plan_id", jobId));
        if (answer.status() != 202) {
            throw new AssertionError("execute answered " + answer);
        }
    }

    JsonNode job(String jobId) {
        Answer answer = get("/restore/jobs/" + jobId);
        if (answer.status() != 200) {
            throw new AssertionError("job answered " + answer);
        }
        return answer.body();
    }

    JsonNode awaitJob(String jobId, Duration patience, Predicate<JsonNode> condition) {
        AtomicReference<JsonNode> seen = new AtomicReference<>();
        try {
            return await().atMost(patience)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(POLL_INTERVAL)
                    .until(
                            () -> {
                                seen.set(job(jobId));
                                return seen.get();
                            },
                            condition::test);
        } catch (ConditionTimeoutException late) {
            throw new AssertionError("The job did not get there within " + patience + ": " + seen.get(), late);
        }
    }

    /** Leaves the waiting to the gateway: one request, answered when the restore has ended. */
    JsonNode awaitEnd(String jobId, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            Answer answer = send(request("/restore/jobs/" + jobId)
                    .header("Prefer", "wait=" + LONGEST_WAIT.toSeconds())
                    .GET());
            if (answer.status() != 200) {
                throw new AssertionError("job answered " + answer);
            }
            if (!answer.body().path("completed_at").isNull()) {
                return answer.body();
            }
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("The job did not end within " + patience + ": " + answer.body());
            }
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(60));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return request;
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), JSON.readTree(response.body()));
        } catch (IOException failed) {
            throw new AssertionError(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }
}
