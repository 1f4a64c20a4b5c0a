package io.vmrestore.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The REST interface as any client sees it. What the gateway does not grant becomes a {@link RefusedException} with its
 * own explanation.
 */
public final class Gateway {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final String url;
    private @Nullable String token;

    public Gateway(String url) {
        this.url = url;
    }

    public void login(SignIn.Credentials credentials) throws IOException, InterruptedException {
        Map<String, String> body = new LinkedHashMap<>();
        body.put("username", credentials.user());
        body.put("password", credentials.password());
        if (!credentials.project().isBlank()) {
            body.put("project", credentials.project());
        }
        JsonNode answer = post("/auth/login", body);
        token = answer.path("access_token").asString();
    }

    /** Signs in with an access token that the person has already. */
    public void use(String accessToken) {
        token = accessToken;
    }

    public JsonNode post(String path, Map<String, ?> body) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    public JsonNode get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(60));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return request;
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        JsonNode body = JSON.readTree(response.body());
        if (response.statusCode() >= 300) {
            throw new RefusedException(
                    exitCode(response.statusCode()),
                    response.request().method() + " "
                            + response.request().uri().getPath() + " answered " + response.statusCode() + ": "
                            + body.path("detail").asString(response.body()));
        }
        return body;
    }

    private static int exitCode(int status) {
        if (status == 404) {
            return ExitCode.NOT_FOUND;
        }
        return status >= 500 ? ExitCode.BROKEN : ExitCode.REFUSED;
    }
}
