package io.vmrestore.simulator.engine;

import java.time.Duration;

/**
 * How long the cloud takes for what it accepted; zero: it is done before the answer is read.
 *
 * @param volumeCreate from {@code creating} to {@code available}
 * @param volumeDelete from {@code deleting} to gone
 * @param snapshot how long creating and deleting a snapshot take
 * @param serverBuild from 202 to {@code ACTIVE}, shared evenly by the states between
 * @param serverDelete from 204 to {@code DELETED}
 * @param deletedShown how long a deleted server still answers 200 with {@code DELETED}
 * @param power how long stopping and starting take
 */
public record Latencies(
        Duration volumeCreate,
        Duration volumeDelete,
        Duration snapshot,
        Duration serverBuild,
        Duration serverDelete,
        Duration deletedShown,
        Duration power) {

    public static final Latencies NONE = of(Duration.ZERO, Duration.ZERO);

    /** Latencies in a plausible ratio to the two that matter most. */
    public static Latencies of(Duration volume, Duration server) {
        return new Latencies(
                volume,
                volume.dividedBy(2),
                volume,
                server,
                server.dividedBy(2),
                server.dividedBy(10),
                server.dividedBy(4));
    }
}
