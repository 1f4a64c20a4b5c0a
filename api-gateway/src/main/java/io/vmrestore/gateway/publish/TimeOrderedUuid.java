package io.vmrestore.gateway.publish;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/**
 * UUIDs of version 7 (RFC 9562): ids of later restores sort after those of earlier ones, which keeps indexes compact.
 */
public final class TimeOrderedUuid {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private TimeOrderedUuid() {}

    /** A new id: 48 bits of milliseconds, 74 random bits. */
    public static UUID at(Instant time) {
        long millisAndVersion = time.toEpochMilli() << 16 | VERSION_7 | RANDOM.nextInt(1 << 12);
        return new UUID(millisAndVersion, VARIANT | RANDOM.nextLong() >>> 2);
    }
}
