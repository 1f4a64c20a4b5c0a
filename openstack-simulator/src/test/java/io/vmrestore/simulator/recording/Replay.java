package io.vmrestore.simulator.recording;

import io.vmrestore.simulator.CloudRouter;
import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.identity.Caller;
import io.vmrestore.simulator.cloud.identity.Scope;
import io.vmrestore.simulator.web.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.test.web.reactive.server.HttpHandlerConnector;
import org.springframework.web.reactive.function.client.ExchangeStrategies;
import org.springframework.web.reactive.function.client.WebClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** Sends recorded requests to a simulated cloud as their actor, and compares the answers. */
final class Replay {
    private static final Set<String> EQUAL_HEADERS =
            Set.of("Openstack-Api-Version", "X-Openstack-Nova-Api-Version", "Vary", "Retry-After");
    private static final Set<String> PRESENT_HEADERS =
            Set.of("Location", "Www-Authenticate", "X-Subject-Token", "X-Openstack-Request-Id", "X-Compute-Request-Id");
    private static final Duration LONGER_THAN_ANY_TOKEN = Duration.ofMinutes(90);

    private static final ExchangeStrategies STRATEGIES = ExchangeStrategies.withDefaults();

    private final Cloud cloud;
    private final WebClient client;
    private final @Nullable String token;
    private final @Nullable String subject;
    private final boolean wrongPassword;

    Replay(RecordedCloud recorded, Recording recording) {
        @Nullable
        String earlier = RecordedDifferences.EXPIRED_SUBJECT.contains(recording.key())
                ? recorded.cloud.execute(() -> token(recorded, "expired token (lifetime 6 s)"))
                : null;
        this.token = recorded.cloud.execute(() -> token(recorded, recording.actor()));
        boolean unknown = RecordedDifferences.UNKNOWN_SUBJECT.contains(recording.key());
        this.subject = unknown ? "gAAAAAnobody" : earlier == null ? token : earlier;
        this.wrongPassword = RecordedDifferences.WRONG_PASSWORD.contains(recording.key());
        this.cloud = recorded.cloud;
        this.client = WebClient.builder()
                .exchangeStrategies(STRATEGIES)
                .clientConnector(new HttpHandlerConnector(CloudRouter.handler(recorded.cloud, "http://127.0.0.1")))
                .build();
    }

    ResponseEntity<byte[]> send(Recording.Exchange exchange) {
        WebClient.RequestBodySpec request = client.method(HttpMethod.valueOf(exchange.method()))
                .uri(URI.create("http://127.0.0.1" + exchange.target()));
        exchange.headers().forEach((name, value) -> request.header(name, value.equals("REDACTED") ? subject : value));
        if (token != null) {
            request.header("X-Auth-Token", token);
        }
        JsonNode body = exchange.body();
        if (body != null) {
            request.bodyValue(bytes(body));
        }
        ResponseEntity<byte[]> answer = request.exchangeToMono(response -> response.toEntity(byte[].class))
                .block(Duration.ofSeconds(10));
        if (answer == null) {
            throw new AssertionError("no answer");
        }
        return answer;
    }

    /** What of the answer is not as it was recorded. */
    static List<String> differences(String key, Recording.Exchange exchange, ResponseEntity<byte[]> answer) {
        List<String> differences = new ArrayList<>();
        JsonNode actual = body(answer);
        if (answer.getStatusCode().value() != exchange.status()) {
            differences.add("status: recorded " + exchange.status() + " but was "
                    + answer.getStatusCode().value() + " " + actual);
            return differences;
        }
        compareHeaders(exchange.answerHeaders(), answer, differences);
        differences.addAll(new ShapeDifference(RecordedDifferences.nullable()).between(exchange.answer(), actual));
        if (exchange.status() >= 400 && !RecordedDifferences.OWN_WORDS.containsKey(key)) {
            compareWords(exchange.answer(), actual, differences);
        }
        differences.removeAll(RecordedDifferences.ACCEPTED.getOrDefault(key, Set.of()));
        return differences;
    }

    private static void compareHeaders(
            Map<String, String> recorded, ResponseEntity<byte[]> answer, List<String> differences) {
        recorded.forEach((name, value) -> {
            String actual = answer.getHeaders().getFirst(name);
            boolean compared = EQUAL_HEADERS.stream().anyMatch(name::equalsIgnoreCase);
            boolean wanted = compared || PRESENT_HEADERS.stream().anyMatch(name::equalsIgnoreCase);
            if (wanted && actual == null) {
                differences.add("header " + name + ": missing");
            } else if (compared && !value.equals(actual)) {
                differences.add("header " + name + ": recorded '" + value + "' but was '" + actual + "'");
            }
        });
        for (String name : EQUAL_HEADERS) {
            boolean known = recorded.keySet().stream().anyMatch(name::equalsIgnoreCase);
            if (!known && answer.getHeaders().getFirst(name) != null) {
                differences.add("header " + name + ": not in the recording");
            }
        }
    }

    private static void compareWords(JsonNode recorded, JsonNode actual, List<String> differences) {
        String expected = words(recorded);
        String found = words(actual);
        if (!expected.equals(found)) {
            differences.add("message: recorded '" + expected + "' but was '" + found + "'");
        }
    }

    private static String words(JsonNode body) {
        JsonNode error = body.isObject() && !body.isEmpty() && !body.has("message")
                ? body.iterator().next()
                : body;
        return error.path("message").asString("").replaceAll(" \\(Request-ID: [^)]*\\)", "");
    }

    private static JsonNode body(ResponseEntity<byte[]> answer) {
        byte[] bytes = answer.getBody();
        return bytes == null || bytes.length == 0 ? NullNode.getInstance() : Json.MAPPER.readTree(bytes);
    }

    private byte[] bytes(JsonNode body) {
        JsonNode sent = body.deepCopy();
        JsonNode user = sent.path("auth").path("identity").path("password").path("user");
        if (user instanceof ObjectNode object) {
            object.put("password", wrongPassword ? "wrong" : RecordedIds.PASSWORD);
        }
        if (sent.path("auth").path("identity").path("token") instanceof ObjectNode object) {
            object.put("id", login(cloud, "snapshot-svc@company.com", "tenant-a"));
        }
        if (sent.isString() && sent.asString().startsWith("{")) {
            return sent.asString().getBytes(StandardCharsets.UTF_8);
        }
        return Json.MAPPER.writeValueAsBytes(sent);
    }

    private static @Nullable String token(RecordedCloud recorded, String actor) {
        Cloud cloud = recorded.cloud;
        return switch (actor) {
            case "" -> null;
            case "service user (admin role) on tenant-a" -> login(cloud, "snapshot-svc@company.com", "tenant-a");
            case "service user on tenant-b, role just granted" -> login(cloud, "snapshot-svc@company.com", "tenant-b");
            case "member of tenant-a" -> login(cloud, "user-a", "tenant-a");
            case "member of tenant-b" -> login(cloud, "user-b", "tenant-b");
            case "admin on service" -> login(cloud, "admin", "service");
            case "revoked token" -> revoked(cloud);
            case "expired token (lifetime 6 s)" -> {
                String token = login(cloud, "snapshot-svc@company.com", "tenant-a");
                recorded.time.advance(LONGER_THAN_ANY_TOKEN);
                yield token;
            }
            default -> throw new IllegalArgumentException("Unknown actor " + actor);
        };
    }

    private static String revoked(Cloud cloud) {
        String token = login(cloud, "snapshot-svc@company.com", "tenant-a");
        cloud.tokens().revoke(token);
        return token;
    }

    private static String login(Cloud cloud, String user, String project) {
        Caller caller = cloud.tokens().byPassword(null, user, RecordedIds.PASSWORD, new Scope.OfProject(null, project));
        return caller.token().id();
    }
}
