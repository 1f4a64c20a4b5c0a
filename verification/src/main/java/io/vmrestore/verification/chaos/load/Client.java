package io.vmrestore.verification.chaos.load;

import io.vmrestore.common.codec.Json;
import io.vmrestore.simulator.sample.SampleCloud;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Sends requests to any of the gateways and has every answer judged and counted. */
public final class Client {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(25);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT_LIMIT).build();
    private final List<String> gateways;
    private final Journal journal;
    private volatile String token = "";

    public Client(List<String> gateways, Journal journal) {
        this.gateways = List.copyOf(gateways);
        this.journal = journal;
    }

    /** Signs in as the administrator; the token is used from then on. */
    Answer login() throws InterruptedException {
        Answer answer = send(
                Call.LOGIN,
                "/auth/login",
                null,
                Map.of("username", SampleCloud.ADMIN, "password", SampleCloud.ADMIN_PASSWORD, "project", "service"));
        if (answer.status() == 200) {
            token = answer.text("access_token");
        }
        return answer;
    }

    /** Sends a POST to a gateway taken by chance; with a key it may be repeated. */
    Answer post(Call call, String path, UUID key, Map<String, ?> body) throws InterruptedException {
        return send(call, path, key, body);
    }

    /** Reads from a gateway taken by chance. */
    Answer get(Call call, String path) throws InterruptedException {
        return send(call, path, null, null);
    }

    /** Reads a job from each gateway, as it is shown. */
    public List<JsonNode> everywhere(String path) throws InterruptedException {
        List<JsonNode> bodies = new ArrayList<>();
        for (String gateway : gateways) {
            bodies.add(exchange(request(gateway + path, null, null)).body());
        }
        return bodies;
    }

    /** What a gateway says to somebody who wants to follow a job. */
    sealed interface Streaming {
        /** Here they come. */
        record Events(InputStream body) implements Streaming {}

        /** Nothing will follow. */
        record Over() implements Streaming {}

        /** Another time, or the job is not known yet. */
        record NotNow() implements Streaming {}
    }

    /** Asks a gateway taken by chance for the events of a job after the one with the given id. */
    Streaming stream(String path, long lastId) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(gateway() + path))
                .timeout(ANSWER_LIMIT)
                .header("Authorization", "Bearer " + token);
        if (lastId > 0) {
            request.header("Last-Event-ID", Long.toString(lastId));
        }
        try {
            HttpResponse<InputStream> response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            if (Call.EVENTS.grants(response.statusCode())) {
                journal.count(AnswerClass.GRANTED);
                return response.statusCode() == 204 ? new Streaming.Over() : new Streaming.Events(response.body());
            }
            try (InputStream body = response.body()) {
                String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
                judge(Call.EVENTS, path, answer(response, text));
            }
        } catch (IOException cut) {
            judge(Call.EVENTS, path, Answer.none());
        }
        return new Streaming.NotNow();
    }

    private Answer send(Call call, String path, @Nullable UUID key, @Nullable Map<String, ?> body)
            throws InterruptedException {
        Answer answer = exchange(request(gateway() + path, key, body));
        judge(call, path, answer);
        return answer;
    }

    private String gateway() {
        return gateways.get(ThreadLocalRandom.current().nextInt(gateways.size()));
    }

    private void judge(Call call, String path, Answer answer) {
        journal.count(AnswerRules.classify(call, answer));
        AnswerRules.wrong(call, answer)
                .ifPresent(reason -> journal.wrong(call + " " + path + ": " + reason + ": " + answer));
    }

    private HttpRequest request(String url, @Nullable UUID key, @Nullable Map<String, ?> body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).timeout(ANSWER_LIMIT);
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (key != null) {
            request.header("Idempotency-Key", key.toString());
        }
        if (body == null) {
            return request.GET().build();
        }
        return request.header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.MAPPER.writeValueAsString(body)))
                .build();
    }

    private Answer exchange(HttpRequest request) throws InterruptedException {
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return answer(response, response.body());
        } catch (IOException cut) {
            return Answer.none();
        }
    }

    private static Answer answer(HttpResponse<?> response, String body) {
        return new Answer(
                response.statusCode(),
                parse(body),
                response.headers().firstValue("Content-Type").orElse(null),
                response.headers()
                        .firstValue("Retry-After")
                        .map(Integer::valueOf)
                        .orElse(null));
    }

    private static JsonNode parse(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (JacksonException malformed) {
            return MissingNode.getInstance();
        }
    }
}
