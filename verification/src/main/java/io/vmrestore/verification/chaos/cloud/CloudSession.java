package io.vmrestore.verification.chaos.cloud;

import io.vmrestore.common.codec.Json;
import io.vmrestore.simulator.sample.SampleCloud;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** Somebody signed in at the cloud, with the service project as scope. */
public final class CloudSession {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;
    private final String token;

    private CloudSession(String url, String user, String password) throws IOException, InterruptedException {
        this.url = url;
        this.token = token(user, password);
    }

    /** The administrator of all projects. */
    public static CloudSession ofAdministrator(String url) throws IOException, InterruptedException {
        return new CloudSession(url, SampleCloud.ADMIN, SampleCloud.ADMIN_PASSWORD);
    }

    /** The user that restores work as. */
    public static CloudSession ofServiceUser(String url) throws IOException, InterruptedException {
        return new CloudSession(url, SampleCloud.SERVICE_USER, SampleCloud.SERVICE_USER_PASSWORD);
    }

    /** Reads a list. */
    public JsonNode list(String path, String name) throws IOException, InterruptedException {
        JsonNode list = send("GET", path, "").path(name);
        if (!list.isArray()) {
            throw new IOException(path + " answered without " + name);
        }
        return list;
    }

    /** Sends a command that answers nothing of interest. */
    public void post(String path, String body) throws IOException, InterruptedException {
        send("POST", path, body);
    }

    private JsonNode send(String method, String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = exchange(HttpRequest.newBuilder(URI.create(url + path))
                .header("X-Auth-Token", token)
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
        if (answer.statusCode() >= 300) {
            throw new IOException(method + " " + path + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body().isEmpty() ? Json.MAPPER.createObjectNode() : Json.MAPPER.readTree(answer.body());
    }

    private String token(String user, String password) throws IOException, InterruptedException {
        String body = """
            {"auth": {"identity": {"methods": ["password"], "password": {"user":
              {"name": "%s", "domain": {"id": "default"}, "password": "%s"}}},
             "scope": {"project": {"id": "%s"}}}}
            """.formatted(user, password, SampleCloud.SERVICE_PROJECT_ID);
        HttpResponse<String> answer = exchange(HttpRequest.newBuilder(URI.create(url + "/identity/v3/auth/tokens"))
                .POST(HttpRequest.BodyPublishers.ofString(body)));
        return answer.headers()
                .firstValue("X-Subject-Token")
                .orElseThrow(() -> new IOException("No token for " + user + ": " + answer.body()));
    }

    private HttpResponse<String> exchange(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(
                request.timeout(LIMIT)
                        .header("Content-Type", "application/json")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
