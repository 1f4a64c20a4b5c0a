package io.vmrestore.support.problem;

import io.vmrestore.common.codec.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** The form of a problem on the wire (RFC 9457), the same whoever tells it: an application or its listener. */
public final class ProblemDocument {
    private ProblemDocument() {}

    /**
     * The body of an answer of type {@code application/problem+json}.
     *
     * @param instance the path asked for
     */
    public static byte[] of(Problem problem, String instance, String requestId) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("type", problem.kind().type());
        document.put("title", problem.kind().title());
        document.put("status", problem.kind().status().value());
        document.put("detail", problem.detail());
        document.put("instance", instance);
        document.put("request_id", requestId);
        if (!problem.errors().isEmpty()) {
            document.put("errors", problem.errors());
        }
        document.putAll(problem.members());
        return Json.MAPPER.writeValueAsBytes(document);
    }
}
