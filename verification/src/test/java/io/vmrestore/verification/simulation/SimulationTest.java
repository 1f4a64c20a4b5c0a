package io.vmrestore.verification.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Runs the whole system, simulated, with many seeds. {@code -Dsimulation.seed=N} runs one and prints its trace,
 * {@code -Dsimulation.seeds=FROM..TO} runs a range, {@code -Dsimulation.guarantee=AT_LEAST_ONCE} or
 * {@code EXACTLY_ONCE_V2} chooses dispatch's guarantee, which otherwise the seed does.
 */
class SimulationTest {
    private static final String USUAL_SEEDS = "1..300";
    private static final Path TRACES = Path.of("target", "simulation");

    private final Method run = load();

    private record Outcome(String trace, String failure, String summary) {}

    @Test
    void every_restore_ends_right_whatever_happens() throws IOException {
        String[] range = System.getProperty("simulation.seeds", System.getProperty("simulation.seed", USUAL_SEEDS))
                .split("\\.\\.");
        long first = Long.parseLong(range[0]);
        long last = Long.parseLong(range[range.length - 1]);
        List<String> failures = new ArrayList<>();
        for (long seed = first; seed <= last; seed++) {
            Outcome outcome = outcome(seed);
            if (first == last || !outcome.failure().isEmpty()) {
                Path trace = write(seed, outcome.trace());
                System.out.println("Seed " + seed + ": " + outcome.summary() + ", trace in " + trace.toAbsolutePath());
            }
            if (!outcome.failure().isEmpty()) {
                failures.add("Seed " + seed + ": " + outcome.failure() + "\n  again with: ./mvnw -q -pl standalone test"
                        + " -Dtest=SimulationTest -Dsimulation.seed=" + seed + " -Dsimulation.guarantee="
                        + guarantee(seed));
            }
        }
        assertThat(failures).as(() -> String.join("\n", failures)).isEmpty();
    }

    @Test
    void the_same_seed_gives_the_same_trace() {
        for (long seed : new long[] {3, 17, 42, 1001}) {
            assertThat(outcome(seed).trace()).isEqualTo(outcome(seed).trace());
        }
    }

    private Outcome outcome(long seed) {
        try {
            String[] outcome = (String[]) run.invoke(null, seed, guarantee(seed));
            return new Outcome(outcome[0], outcome[1], outcome[2]);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String guarantee(long seed) {
        return System.getProperty("simulation.guarantee", seed % 2 == 0 ? "EXACTLY_ONCE_V2" : "AT_LEAST_ONCE");
    }

    private static Path write(long seed, String trace) throws IOException {
        Files.createDirectories(TRACES);
        return Files.writeString(TRACES.resolve("seed-" + seed + "-" + guarantee(seed) + ".txt"), trace);
    }

    private static Method load() {
        ClassLoader loader = new SimulationLoader(SimulationTest.class.getClassLoader());
        // openstack4j looks for the way to the cloud with the thread's loader.
        Thread.currentThread().setContextClassLoader(loader);
        try {
            return loader.loadClass("io.vmrestore.verification.simulation.Simulation")
                    .getMethod("run", long.class, String.class);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
