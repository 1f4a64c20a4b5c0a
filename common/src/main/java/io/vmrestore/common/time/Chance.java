package io.vmrestore.common.time;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * What is left to chance and nobody has to keep secret: how far pauses spread, and ids that nobody else has. Secrets
 * are never taken from here.
 */
public interface Chance extends RandomGenerator {

    /** As good as the JDK's, for any number of threads. */
    static Chance system() {
        return () -> ThreadLocalRandom.current().nextLong();
    }

    /** A random UUID of version 4. */
    default UUID uuid() {
        return new UUID(
                (nextLong() & 0xffffffffffff0fffL) | 0x4000L, (nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L);
    }
}
