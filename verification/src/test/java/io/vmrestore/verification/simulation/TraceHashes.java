package io.vmrestore.verification.simulation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Prints what a trace comes to, a line for each seed: the same in every JVM, whatever it chooses for itself. */
final class TraceHashes {
    private TraceHashes() {}

    /** @param seeds which runs */
    public static void main(String[] seeds) {
        for (String seed : seeds) {
            System.out.println(of(Long.parseLong(seed)));
        }
    }

    /** The run's seed and the SHA-256 of its trace. */
    static String of(long seed) {
        try {
            byte[] trace =
                    Simulation.run(seed, SimulationTest.guarantee(seed)).trace().getBytes(StandardCharsets.UTF_8);
            return "seed " + seed + ": "
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(trace));
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException(never);
        }
    }
}
