package io.vmrestore.gateway.access;

import java.time.Instant;

/**
 * A Keystone token that stands for a person's sign-in. Never shows it.
 *
 * @param until its end, beyond which no token of ours lives that was issued by it
 */
public record KeystoneSession(String token, Instant until) {
    @Override
    public String toString() {
        return "KeystoneSession[until=" + until + "]";
    }
}
