package io.vmrestore.verification.chaos.load;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * What came back for a request.
 *
 * @param status 0 if the connection was cut or nothing came in time
 * @param body missing if it is no JSON
 * @param contentType null if none was given
 * @param retryAfter seconds; null if none were given
 */
record Answer(
        int status,
        JsonNode body,
        @Nullable String contentType,
        @Nullable Integer retryAfter) {

    static Answer none() {
        return new Answer(0, MissingNode.getInstance(), null, null);
    }

    String text(String field) {
        return body.path(field).asString("");
    }

    @Override
    public String toString() {
        String text = body.toString();
        return status + " " + (text.length() > 400 ? text.substring(0, 400) + "..." : text);
    }
}
