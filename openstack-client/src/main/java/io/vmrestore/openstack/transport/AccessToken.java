package io.vmrestore.openstack.transport;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.openstack4j.model.identity.v3.Token;
import org.openstack4j.openstack.identity.v3.domain.KeystoneToken;

/**
 * A token of Keystone with what came with it. openstack4j's own class is not asked to read it: one endpoint that is no
 * http URL, of whatever service, would make it refuse the whole answer.
 *
 * @param id the token; never shown
 * @param projectId the project that it is scoped to
 * @param userId the user whom it belongs to
 * @param lifetime from issue to expiry, both by Keystone's clock, which need not agree with ours
 * @param catalog where the services are
 */
public record AccessToken(String id, String projectId, String userId, Duration lifetime, Catalog catalog) {

    /** Where Keystone does not tell when the token ends; it lives longer everywhere. */
    private static final Duration UNTOLD = Duration.ofMinutes(5);

    /**
     * Reads the answer's body.
     *
     * @param id the header {@code X-Subject-Token}
     * @throws IllegalStateException if the token is not scoped to a project
     */
    public static AccessToken of(String id, JsonNode answer) {
        JsonNode token = answer.path("token");
        return new AccessToken(
                id,
                Json.required(token.path("project"), "id"),
                Json.required(token.path("user"), "id"),
                lifetime(token),
                Catalog.of(token.path("catalog")));
    }

    private static Duration lifetime(JsonNode token) {
        Instant issued = time(token, "issued_at");
        Instant expires = time(token, "expires_at");
        return issued == null || expires == null || !expires.isAfter(issued)
                ? UNTOLD
                : Duration.between(issued, expires);
    }

    private static @Nullable Instant time(JsonNode token, String field) {
        try {
            return Json.timeOrNull(token, field);
        } catch (DateTimeException unreadable) {
            return null;
        }
    }

    /** The token as openstack4j wants to be given it. */
    Token forLibrary() {
        KeystoneToken token = new KeystoneToken();
        token.setId(id);
        return token;
    }

    /** Shows neither the token nor the catalog. */
    @Override
    public String toString() {
        return "AccessToken[project=" + projectId + "]";
    }
}
