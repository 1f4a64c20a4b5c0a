package io.vmrestore.planner.dispatch;

import java.util.Locale;

/**
 * How dispatch's state, output and consumed offsets relate after a crash. Dispatch is right under both, because
 * repeated events publish again exactly what is still outstanding.
 */
public enum Guarantee {
    /** They commit together in one transaction. */
    EXACTLY_ONCE_V2,
    /** An event may be taken again; cheaper, and no reader waits for the transaction of a process that was killed. */
    AT_LEAST_ONCE;

    /** Kafka Streams' own name of the guarantee. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
