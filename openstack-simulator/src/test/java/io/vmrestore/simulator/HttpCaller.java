package io.vmrestore.simulator;

import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import io.vmrestore.simulator.web.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.jspecify.annotations.Nullable;

/** A logged-in client of a simulator. */
final class HttpCaller {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String url;
    private final String token;
    private final Tenant tenant;

    private HttpCaller(String url, String token, Tenant tenant) {
        this.url = url;
        this.token = token;
        this.tenant = tenant;
    }

    static HttpCaller serviceUser(Simulator simulator, Tenant tenant) {
        return login(simulator, SampleCloud.SERVICE_USER, SampleCloud.SERVICE_USER_PASSWORD, tenant);
    }

    static HttpCaller login(Simulator simulator, String user, String password, Tenant tenant) {
        String login = """
            {"auth": {"identity": {"methods": ["password"], "password": {"user": {
              "name": "%s", "domain": {"id": "default"}, "password": "%s"}}},
              "scope": {"project": {"id": "%s"}}}}\
            """.formatted(user, password, tenant.projectId());
        HttpCaller nobody = new HttpCaller(simulator.url(), "none", tenant);
        try {
            HttpResponse<String> answer = nobody.post("/identity/v3/auth/tokens", login);
            return new HttpCaller(
                    simulator.url(),
                    answer.headers().firstValue("X-Subject-Token").orElseThrow(),
                    tenant);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("cannot log in", e);
        }
    }

    static HttpCaller withTokenOf(HttpCaller other, Simulator simulator) {
        return new HttpCaller(simulator.url(), other.token, other.tenant);
    }

    String volumes() {
        return "/volume/v3/" + tenant.projectId() + "/volumes";
    }

    /** The id of the one resource in the answer. */
    String id(HttpResponse<String> answer) {
        return Json.MAPPER.readTree(answer.body()).iterator().next().path("id").asString();
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path, null);
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send("POST", path, body);
    }

    HttpResponse<String> delete(String path) throws IOException, InterruptedException {
        return send("DELETE", path, null);
    }

    HttpResponse<String> send(String method, String path, @Nullable String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .header("X-Auth-Token", token)
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }
}
