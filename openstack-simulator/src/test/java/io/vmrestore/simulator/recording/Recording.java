package io.vmrestore.simulator.recording;

import io.vmrestore.simulator.web.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A genuine exchange, or a sequence of them, from src/test/resources/recordings. */
record Recording(String name, String actor, List<Exchange> exchanges) {
    private static final Path DIRECTORY = Path.of("src", "test", "resources", "recordings");
    private static final Map<Integer, String> SERVICES = Map.of(
            5000, "/identity", 5001, "/identity", 8774, "/compute", 8776, "/volume", 9696, "/network", 9292, "/image");

    /** One request and its answer. */
    record Exchange(
            String method,
            String target,
            Map<String, String> headers,
            @Nullable JsonNode body,
            int status,
            Map<String, String> answerHeaders,
            JsonNode answer) {}

    /** All recordings, by service and number. */
    static List<Recording> all() {
        try (Stream<Path> files = Files.walk(DIRECTORY)) {
            List<Recording> all = files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(Recording::read)
                    .toList();
            if (all.isEmpty()) {
                throw new IllegalStateException("There are no recordings in " + DIRECTORY.toAbsolutePath());
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Service and number, such as {@code nova/064}. */
    String key() {
        return name.substring(0, name.indexOf('-'));
    }

    boolean isSequence() {
        return exchanges.size() > 1;
    }

    private static Recording read(Path file) {
        JsonNode root = Json.MAPPER.readTree(file);
        List<Exchange> exchanges = new ArrayList<>();
        if (root.has("sequence")) {
            root.path("sequence").forEach(step -> exchanges.add(exchange(step)));
        } else {
            exchanges.add(exchange(root));
        }
        return new Recording(root.path("name").asString(), root.path("actor").asString(""), exchanges);
    }

    private static Exchange exchange(JsonNode step) {
        JsonNode request = step.path("request");
        JsonNode response = step.path("response");
        URI url = URI.create(request.path("url").asString());
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        JsonNode body = request.path("body");
        return new Exchange(
                request.path("method").asString(),
                SERVICES.get(url.getPort()) + url.getRawPath() + query,
                Json.map(request, "headers"),
                body.isNull() ? null : body,
                response.path("status").asInt(),
                Json.map(response, "headers"),
                response.path("body"));
    }
}
