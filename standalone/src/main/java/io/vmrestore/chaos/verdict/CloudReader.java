package io.vmrestore.chaos.verdict;

import io.vmrestore.common.codec.Json;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.StepAddress;
import io.vmrestore.simulator.SampleCloud;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what the cloud holds over its own interface, as an administrator of all projects. */
public final class CloudReader {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;

    /** @param url of the simulated cloud, past every link */
    public CloudReader(String url) {
        this.url = url;
    }

    /** Every server, volume and port, and the key pairs of the user that restores work as. */
    public List<CloudResource> read() throws IOException, InterruptedException {
        String token = token(SampleCloud.ADMIN, SampleCloud.ADMIN_PASSWORD);
        List<CloudResource> found = new ArrayList<>();
        list("/compute/v2.1/servers/detail?all_tenants=1", "servers", token).forEach(node -> found.add(server(node)));
        list("/volume/v3/" + SampleCloud.SERVICE_PROJECT_ID + "/volumes/detail?all_tenants=1", "volumes", token)
                .forEach(node -> found.add(volume(node)));
        list("/network/v2.0/ports", "ports", token).forEach(node -> found.add(port(node)));
        list(
                        "/compute/v2.1/os-keypairs",
                        "keypairs",
                        token(SampleCloud.SERVICE_USER, SampleCloud.SERVICE_USER_PASSWORD))
                .forEach(node -> found.add(keyPair(node.path("keypair"))));
        return found;
    }

    private static CloudResource server(JsonNode node) {
        return new CloudResource(
                ResourceType.SERVER, text(node, "id"), text(node, "name"), text(node, "status"), mark(node), List.of());
    }

    private static CloudResource volume(JsonNode node) {
        List<String> servers = StreamSupport.stream(node.path("attachments").spliterator(), false)
                .map(attachment -> text(attachment, "server_id"))
                .toList();
        return new CloudResource(
                ResourceType.VOLUME, text(node, "id"), text(node, "name"), text(node, "status"), mark(node), servers);
    }

    private static CloudResource port(JsonNode node) {
        String device = text(node, "device_id");
        return new CloudResource(
                ResourceType.PORT,
                text(node, "id"),
                text(node, "name"),
                text(node, "status"),
                CloudResource.markOfPort(text(node, "name")),
                device.isEmpty() ? List.of() : List.of(device));
    }

    private static CloudResource keyPair(JsonNode node) {
        String name = text(node, "name");
        return new CloudResource(ResourceType.KEY_PAIR, name, name, "", CloudResource.markOfKeyPair(name), List.of());
    }

    private static @Nullable String mark(JsonNode node) {
        String mark = text(node.path("metadata"), StepAddress.MARK_KEY);
        return mark.isEmpty() ? null : mark;
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }

    private JsonNode list(String path, String name, String token) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(LIMIT)
                .header("X-Auth-Token", token)
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        JsonNode body = Json.MAPPER.readTree(answer.body());
        if (answer.statusCode() != 200 || !body.path(name).isArray()) {
            throw new IOException(path + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return body.path(name);
    }

    private String token(String user, String password) throws IOException, InterruptedException {
        String body = """
            {"auth": {"identity": {"methods": ["password"], "password": {"user":
              {"name": "%s", "domain": {"id": "default"}, "password": "%s"}}},
             "scope": {"project": {"id": "%s"}}}}
            """.formatted(user, password, SampleCloud.SERVICE_PROJECT_ID);
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/identity/v3/auth/tokens"))
                .timeout(LIMIT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        return answer.headers()
                .firstValue("X-Subject-Token")
                .orElseThrow(() -> new IOException("No token for " + user + ": " + answer.body()));
    }
}
