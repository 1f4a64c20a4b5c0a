package io.vmrestore.standalone.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vmrestore.standalone.fuzz.Contract.Operation;
import io.vmrestore.standalone.fuzz.Requests.Sent;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends requests one after the other, the same ones for the same seed, and tells which answers break the contract. */
public final class Fuzz {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final List<Integer> OUTAGES = List.of(502, 503, 504);
    private static final int MOST_TOLD = 20;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;
    private final Contract contract;
    private final Map<String, Integer> kinds;
    private final Values.Known known = new Values.Known();
    private final List<String> wrong = new ArrayList<>();
    private final Map<String, Integer> statuses = new TreeMap<>();

    /** @param kinds the kinds of problems that are documented, with their status */
    public Fuzz(String url, Contract contract, Map<String, Integer> kinds) {
        this.url = url;
        this.contract = contract;
        this.kinds = kinds;
    }

    /** Makes a value known under the name of the parameters and fields that take it. */
    public Fuzz knows(String name, String... values) {
        Stream.of(values).forEach(value -> known.add(name, value));
        return this;
    }

    /** How often each status was answered. */
    public Map<String, Integer> statuses() {
        return statuses;
    }

    /** @return what is wrong, each with its request and with what repeats it */
    public List<String> run(long seed, int requests, List<String> tokens) throws IOException, InterruptedException {
        List<Operation> operations = contract.operations();
        for (int number = 0; number < requests && wrong.size() < MOST_TOLD; number++) {
            Random random = new Random(seed * 1_000_003 + number);
            Operation operation = operations.get(number % operations.size());
            Sent sent = new Requests(contract, operation, known, tokens, random).make();
            HttpResponse<InputStream> answer = http.send(request(sent), HttpResponse.BodyHandlers.ofInputStream());
            String place =
                    "request " + number + " of seed " + seed + ": " + sent + " was answered " + answer.statusCode();
            statuses.merge(Integer.toString(answer.statusCode()), 1, Integer::sum);
            judge(operation, sent, answer).forEach(what -> wrong.add(place + ": " + what));
        }
        return wrong;
    }

    private HttpRequest request(Sent sent) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + sent.target()))
                .timeout(Duration.ofSeconds(60))
                .method(
                        sent.method(),
                        sent.body() == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(sent.body()));
        sent.headers().forEach(request::header);
        return request.build();
    }

    private Stream<String> judge(Operation operation, Sent sent, HttpResponse<InputStream> answer) throws IOException {
        int status = answer.statusCode();
        String type = answer.headers().firstValue("Content-Type").orElse("");
        try (InputStream content = answer.body()) {
            if (status >= 500 && !OUTAGES.contains(status)) {
                return Stream.of("a fault: " + new String(content.readNBytes(2000), UTF_8));
            }
            boolean own = sent.method().equals(operation.method());
            JsonNode documented = contract.resolved(operation.responses().path(Integer.toString(status)));
            if (own && documented.isMissingNode()) {
                return Stream.of("a status that is not documented: " + new String(content.readNBytes(2000), UTF_8));
            }
            if (sent.method().equals("HEAD")
                    || type.startsWith("text/event-stream")
                    || status == 204
                    || status == 304) {
                return Stream.empty();
            }
            byte[] bytes = content.readAllBytes();
            if (status >= 400) {
                return problem(bytes, type, answer);
            }
            return own ? answered(bytes, type, documented) : Stream.empty();
        }
    }

    private Stream<String> answered(byte[] bytes, String type, JsonNode documented) {
        JsonNode schema = documented.at("/content/application~1json/schema");
        if (!type.startsWith("application/json") || schema.isMissingNode()) {
            return Stream.of("Content-Type " + type);
        }
        JsonNode body = JSON.readTree(bytes);
        learn(body);
        return contract.wrong(body, schema, "");
    }

    /** Jobs and pages that there are now are what later requests are about. */
    private void learn(JsonNode body) {
        JsonNode job = body.path("job_id");
        if (job.isString()) {
            known.add("job_id", job.asString());
            known.add("plan_id", job.asString());
        }
        String next = body.at("/links/0/href").asString("");
        if (next.contains("marker=")) {
            known.add("marker", next.replaceAll(".*marker=([^&]*).*", "$1"));
        }
    }

    private Stream<String> problem(byte[] bytes, String contentType, HttpResponse<InputStream> answer) {
        JsonNode problem;
        try {
            problem = JSON.readTree(bytes);
        } catch (JacksonException noJson) {
            return Stream.of("no JSON, as " + contentType);
        }
        String kind = problem.path("type").asString("").replaceFirst("^urn:vm-restore:problem:", "");
        String requestId = answer.headers().firstValue("X-Openstack-Request-Id").orElse("none");
        Stream<String> form = Stream.of(
                        contentType.equals("application/problem+json") ? "" : "Content-Type " + contentType,
                        problem.path("request_id").asString("").equals(requestId) ? "" : "another request id",
                        problem.path("status").asInt() == answer.statusCode() ? "" : "another status in the body",
                        kinds.containsKey(kind) ? "" : "a kind that is not documented: " + kind,
                        kinds.getOrDefault(kind, 0) == answer.statusCode() ? "" : "not the status of its kind",
                        answer.statusCode() == 405
                                        && answer.headers().firstValue("Allow").isEmpty()
                                ? "no Allow"
                                : "")
                .filter(what -> !what.isEmpty())
                .map(what -> what + ": " + problem);
        return Stream.concat(
                form, contract.wrong(problem, JSON.readTree("{\"$ref\":\"#/components/schemas/Problem\"}"), ""));
    }
}
