package io.vmrestore.simulator.cloud.compute;

import io.vmrestore.simulator.engine.Resource;
import java.time.Instant;

/** A public key; it belongs to a user, not to a project. */
public record KeyPair(String userId, String name, String publicKey, String fingerprint, int number, Instant createdAt)
        implements Resource {

    @Override
    public String id() {
        return id(userId, name);
    }

    static String id(String userId, String name) {
        return userId + "/" + name;
    }
}
