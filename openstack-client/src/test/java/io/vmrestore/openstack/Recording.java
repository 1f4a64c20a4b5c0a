package io.vmrestore.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** A genuine exchange with OpenStack Zed, trimmed, under {@code src/test/resources/recordings}. */
record Recording(String method, String path, int status, Map<String, String> headers, String body) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Recording of(String name) {
        try (InputStream file = Recording.class.getResourceAsStream("/recordings/" + name + ".json")) {
            JsonNode recording = JSON.readTree(Objects.requireNonNull(file, () -> "no recording " + name));
            JsonNode response = recording.path("response");
            Map<String, String> headers = new LinkedHashMap<>();
            response.path("headers")
                    .properties()
                    .forEach(h -> headers.put(h.getKey(), h.getValue().asText()));
            JsonNode body = response.path("body");
            return new Recording(
                    recording.path("request").path("method").asText(),
                    recording.path("request").path("path").asText().replaceFirst("\\?.*", ""),
                    response.path("status").asInt(),
                    headers,
                    body.isTextual() ? body.asText() : body.isNull() ? "" : body.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String header(String name) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
    }
}
