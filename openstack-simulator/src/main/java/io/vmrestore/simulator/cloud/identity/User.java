package io.vmrestore.simulator.cloud.identity;

import io.vmrestore.simulator.engine.Resource;

/** A user of the default domain; only a digest of the password is kept. */
public record User(String id, String name, String passwordDigest, boolean enabled) implements Resource {
    public User withEnabled(boolean value) {
        return new User(id, name, passwordDigest, value);
    }
}
