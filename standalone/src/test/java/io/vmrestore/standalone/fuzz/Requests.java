package io.vmrestore.standalone.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vmrestore.standalone.fuzz.Contract.Operation;
import io.vmrestore.standalone.fuzz.Contract.Parameter;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes requests of an operation. A third is as the document wants it, half has one thing wrong, and in the rest
 * anything may be.
 */
final class Requests {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final List<String> OTHER_METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "get");
    private static final List<String> ACCEPTED =
            List.of("*/*", "application/json", "text/html", "x", "application/json;q=0", "text/event-stream", ",", "");
    private static final List<String> CONTENT_TYPES = List.of(
            "text/plain", "application/xml", "application/json; charset=utf-16", "x", "", "multipart/form-data");
    private static final List<String> PREFERENCES = List.of("wait=0", "respond-async", "wait=1", "handling=strict");

    private final Operation operation;
    private final Values values;
    private final List<String> tokens;
    private final boolean wild;
    private final int wrong;
    private int part;

    /** @param tokens those of people who may do something; the first may do everything */
    Requests(Contract contract, Operation operation, Values.Known known, List<String> tokens, Random random) {
        this.operation = operation;
        this.tokens = tokens;
        this.values = new Values(contract, random, known);
        int kind = random.nextInt(100);
        this.wild = kind >= 85;
        this.wrong =
                kind < 35 ? -1 : random.nextInt(operation.parameters().size() + (operation.body() == null ? 3 : 9));
    }

    /** A request as it is sent. */
    record Sent(String method, String target, Map<String, String> headers, byte @Nullable [] body) {
        @Override
        public String toString() {
            Map<String, String> shown = new LinkedHashMap<>(headers);
            shown.computeIfPresent("Authorization", (_, token) -> token.length() > 20 ? "Bearer …" : token);
            String content = body == null ? "" : " " + new String(body, UTF_8);
            return method + " " + target + " " + shown + content.substring(0, Math.min(400, content.length()));
        }
    }

    Sent make() {
        String path = operation.path();
        List<String> query = new ArrayList<>();
        Map<String, String> headers = new LinkedHashMap<>();
        for (Parameter parameter : operation.parameters()) {
            boolean hostile = now();
            if (parameter.required() || hostile || values.once(2)) {
                @Nullable
                Object value = hostile
                        ? values.hostile(parameter.schema())
                        : parameter.name().equals("Prefer")
                                ? values.any(PREFERENCES)
                                : values.valid(parameter.name(), parameter.schema());
                switch (parameter.in()) {
                    case "path" -> path = path.replace("{" + parameter.name() + "}", encoded(value));
                    case "query" -> query(parameter.name(), value, hostile, query);
                    default -> headers.put(parameter.name(), header(value));
                }
            }
        }
        if (now()) {
            query.add(values.any(List.of("unknown=1", "=", "&", "a[]=1", "limit", RAW_NAME, "limit=1&limit=1")));
        }
        headers.put("Authorization", "Bearer " + (now() ? values.any(tokens) : tokens.getFirst()));
        String method = now() ? values.any(OTHER_METHODS) : operation.method();
        byte @Nullable [] body = null;
        if (operation.body() != null) {
            headers.put("Content-Type", now() ? values.any(CONTENT_TYPES) : "application/json");
            body = body(operation.body());
        }
        if (wild) {
            headers.put("Accept", values.any(ACCEPTED));
            headers.put("X-Openstack-Request-Id", header(values.hostile(JSON.createObjectNode())));
        }
        return new Sent(method, path + (query.isEmpty() ? "" : "?" + String.join("&", query)), headers, body);
    }

    private static final String RAW_NAME = "%FF%00=1";

    /** Whether this part is to be wrong. */
    private boolean now() {
        return wild ? values.once(3) : part++ == wrong;
    }

    private void query(String name, @Nullable Object value, boolean hostile, List<String> query) {
        if (value instanceof List<?> several && !hostile) {
            several.forEach(each -> query.add(name + "=" + encoded(each)));
        } else {
            query.add(hostile && values.once(8) ? name : name + "=" + encoded(value));
            if (hostile && values.once(4)) {
                query.add(name + "=" + encoded(value));
            }
        }
    }

    private static String encoded(@Nullable Object value) {
        String text = String.valueOf(value);
        return text.startsWith(Values.RAW)
                ? text.substring(Values.RAW.length())
                : URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    /** Java's client sends visible ASCII only. */
    private static String header(@Nullable Object value) {
        String text = String.valueOf(value).replaceAll("[^ -~]", "?");
        return text.substring(0, Math.min(1000, text.length()));
    }

    private byte[] body(JsonNode schema) {
        Map<String, @Nullable Object> object = values.object(schema);
        if (now()) {
            List<String> names = new ArrayList<>(object.keySet());
            names.add("unknown");
            object.put(values.any(names), values.hostile(JSON.createObjectNode()));
        }
        if (now() && !object.isEmpty()) {
            object.remove(object.keySet().iterator().next());
        }
        String text = JSON.writeValueAsString(object);
        if (now()) {
            text = values.any(List.of(
                    "",
                    " ",
                    "null",
                    "[" + text + "]",
                    "\"x\"",
                    "1",
                    text.substring(0, text.length() - 1),
                    text + text,
                    text.replace("}", ",\"a\":1,\"a\":2}"),
                    "[".repeat(5000),
                    "{\"a\":" + "[".repeat(30) + "]".repeat(30) + "}",
                    "{\"a\":1e999999999}",
                    "{\"a\":" + "9".repeat(2000) + "}",
                    text + " ".repeat(70_000),
                    "\u0000" + text));
        }
        byte[] bytes = escaped(text).getBytes(UTF_8);
        if (now() && bytes.length > 0) {
            bytes[bytes.length / 2] = (byte) 0xff;
        }
        return bytes;
    }

    /** Halves of surrogate pairs cannot be encoded, and can be sent as escapes. */
    private static String escaped(String json) {
        StringBuilder escaped = new StringBuilder();
        json.chars().forEach(unit -> {
            if (unit < 0x80) {
                escaped.append((char) unit);
            } else {
                escaped.append("\\u%04x".formatted(unit));
            }
        });
        return escaped.toString();
    }
}
