package io.vmrestore.simulator.cloud.identity;

import io.vmrestore.simulator.engine.Resource;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A token; it carries no roles, they are worked out whenever it is used (as with Keystone's Fernet tokens). */
public record Token(
        String id,
        String userId,
        @Nullable String projectId,
        List<String> methods,
        List<String> auditIds,
        Instant issuedAt,
        Instant expiresAt)
        implements Resource {

    public boolean expiredAt(Instant time) {
        return !time.isBefore(expiresAt);
    }

    @Override
    public String toString() {
        return "Token[user " + userId + ", project " + projectId + ", expires " + expiresAt + "]";
    }
}
