package io.vmrestore.verification.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The short form of {@code ./restore chaos}; the long one, and how to read what it prints, is in docs/chaos.md. */
class ChaosIT {
    /** Another one by {@code -Dchaos.seed=N}. */
    private static final String SEED = System.getProperty("chaos.seed", "20261125");

    @Test
    void everyPromiseIsKeptUnderContinuousFaults() throws Exception {
        ByteArrayOutputStream table = new ByteArrayOutputStream();

        boolean kept = new ChaosRun(
                        ChaosOptionsTest.parse(0, "--minutes", "3", "--seed", SEED),
                        new PrintStream(table, true, StandardCharsets.UTF_8))
                .run();

        System.out.println(table.toString(StandardCharsets.UTF_8));
        assertThat(kept).as(table.toString(StandardCharsets.UTF_8)).isTrue();
    }
}
