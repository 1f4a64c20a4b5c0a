package io.vmrestore.verification.chaos.nemesis;

import io.vmrestore.common.codec.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** Makes the simulated cloud fail, over its own administration. */
public final class CloudFaults {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String CREATES = "POST .*/(volumes|ports|servers)$";
    private static final String CHANGES = "(POST|DELETE) /(compute|volume|network)/";
    /** Names of what restores make; the originals are called otherwise. */
    private static final String RESTORED = "^(chaos-|restored-|load-)";

    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;

    /** @param url of the simulated cloud, past every link */
    public CloudFaults(String url) {
        this.url = url;
    }

    /** Makes one fault; returns when it is over, or set up to hit the next thing that it can hit. */
    void suffer(PlannedFault fault) throws IOException, InterruptedException {
        if (fault.kind() == FaultKind.TOKENS_EXPIRED) {
            send("DELETE", "/simulator/tokens", "");
            return;
        }
        List<String> ids = new ArrayList<>();
        for (Map<String, Object> rule : rules(fault.kind())) {
            ids.add(send("POST", "/simulator/faults", Json.MAPPER.writeValueAsString(rule))
                    .path("id")
                    .asString());
        }
        if (!fault.lasts().isZero()) {
            TimeUnit.MILLISECONDS.sleep(fault.lasts().toMillis());
            for (String id : ids) {
                send("DELETE", "/simulator/faults/" + id, "");
            }
        }
    }

    /** Ends every fault. */
    public void heal() throws IOException, InterruptedException {
        send("DELETE", "/simulator/faults", "");
    }

    /** Adds VMs with a snapshot each to a tenant. */
    public void addServers(String tenant, int count) throws IOException, InterruptedException {
        send("POST", "/simulator/servers", Json.MAPPER.writeValueAsString(Map.of("tenant", tenant, "count", count)));
    }

    private static List<Map<String, Object>> rules(FaultKind kind) {
        return switch (kind) {
            case SERVER_ERRORS ->
                List.of(
                        storm("/(compute|volume|network)/", 3, 503, "service unavailable"),
                        storm("/(compute|volume|network)/", 2, 500, "internal error"));
            case RATE_LIMITED -> List.of(limit("/compute/", 2, 413), limit("/(volume|network)/", 2, 429));
            case CONFLICTS -> List.of(storm(CHANGES, 2, 409, "conflict"));
            case ANSWER_LOST -> List.of(once("LoseAnswer", CREATES, Map.of()));
            case REQUEST_DROPPED -> List.of(once("DropRequest", CHANGES, Map.of()));
            case ANSWER_LATE -> List.of(once("LateAnswer", CREATES, Map.of("delay", "PT8S")));
            case ADDRESS_LATE -> List.of(once("AddressReleasedLate", "load-", Map.of("delay", "PT6S")));
            case PORTS_OUTLIVE -> List.of(once("PortsOutliveServer", "load-", Map.of("delay", "PT6S")));
            case SERVER_FAILED -> List.of(once("ServerFails", RESTORED, Map.of("stage", "SPAWN")));
            case SERVER_STUCK -> List.of(once("ServerStuck", RESTORED, Map.of()));
            case SERVER_STAYS -> List.of(once("ServerDeletionFails", "^chaos-", Map.of("message", "disk held")));
            case VOLUME_FAILED -> List.of(once("VolumeFails", RESTORED, Map.of("message", "no space")));
            case VOLUME_STUCK -> List.of(once("VolumeStuck", RESTORED, Map.of()));
            case VOLUME_LATE -> List.of(once("LateBootable", RESTORED, Map.of("delay", "PT4S")));
            case VOLUME_STAYS -> List.of(once("VolumeDeletionFails", RESTORED, Map.of()));
            case VOLUME_HELD -> List.of(once("VolumeReleasedLate", "load-", Map.of("delay", "PT5S")));
            case TOKENS_EXPIRED,
                    KILLED,
                    PAUSED,
                    FROZEN,
                    RESTARTED,
                    ROLLED,
                    BROKER_KILLED,
                    BROKER_RESTARTED,
                    BROKER_PAUSED,
                    DATABASE_KILLED,
                    DATABASE_RESTARTED,
                    LINK_CUT,
                    LINK_FROZEN,
                    LINK_SLOW -> List.of();
        };
    }

    private static Map<String, Object> once(String kind, String match, Map<String, Object> more) {
        Map<String, Object> rule = new LinkedHashMap<>(Map.of("kind", kind, "match", match));
        rule.putAll(more);
        return rule;
    }

    private static Map<String, Object> storm(String match, int every, int status, String message) {
        return Map.of(
                "kind", "Answer", "match", match, "every", every, "times", -1, "status", status, "message", message);
    }

    private static Map<String, Object> limit(String match, int every, int status) {
        return Map.of(
                "kind",
                "Answer",
                "match",
                match,
                "every",
                every,
                "times",
                -1,
                "status",
                status,
                "retryAfter",
                1,
                "message",
                "slow down");
    }

    private JsonNode send(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(LIMIT)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException(method + " " + path + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body().isEmpty() ? Json.MAPPER.createObjectNode() : Json.MAPPER.readTree(answer.body());
    }
}
