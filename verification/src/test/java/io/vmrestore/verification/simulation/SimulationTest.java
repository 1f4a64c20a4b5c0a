package io.vmrestore.verification.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.planner.dispatch.Guarantee;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
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
    private static final List<Long> SAMPLE = List.of(3L, 17L, 42L, 1001L);
    private static final Path TRACES = Path.of("target", "simulation");

    @Test
    void every_restore_ends_right_whatever_happens() throws IOException {
        String[] range = System.getProperty("simulation.seeds", System.getProperty("simulation.seed", USUAL_SEEDS))
                .split("\\.\\.");
        long first = Long.parseLong(range[0]);
        long last = Long.parseLong(range[range.length - 1]);
        List<String> failures = new ArrayList<>();
        for (long seed = first; seed <= last; seed++) {
            Simulation.Outcome outcome = outcome(seed);
            if (first == last || !outcome.failure().isEmpty()) {
                Path trace = write(seed, outcome.trace());
                System.out.println("Seed " + seed + ": " + outcome.summary() + ", trace in " + trace.toAbsolutePath());
            }
            if (!outcome.failure().isEmpty()) {
                failures.add("Seed " + seed + ": " + outcome.failure()
                        + "\n  again with: ./mvnw -q -pl verification -am test"
                        + " -Dtest=SimulationTest -Dsurefire.failIfNoSpecifiedTests=false -Dsimulation.seed=" + seed
                        + " -Dsimulation.guarantee="
                        + guarantee(seed));
            }
        }
        assertThat(failures).as(() -> String.join("\n", failures)).isEmpty();
    }

    @Test
    void the_same_seed_gives_the_same_trace() {
        for (long seed : SAMPLE) {
            assertThat(outcome(seed).trace()).isEqualTo(outcome(seed).trace());
        }
    }

    /** Each JVM walks through some of its collections in another order and has other identity hashes. */
    @Test
    void the_same_seed_gives_the_same_trace_in_another_jvm() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), TraceHashes.class.getName()));
        SAMPLE.forEach(seed -> command.add(seed.toString()));
        Process other = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();

        List<String> here = SAMPLE.stream().map(TraceHashes::of).toList();

        try (BufferedReader lines = other.inputReader()) {
            assertThat(lines.lines().filter(line -> line.startsWith("seed "))).containsExactlyElementsOf(here);
        }
        assertThat(other.waitFor()).isZero();
    }

    private static Simulation.Outcome outcome(long seed) {
        return Simulation.run(seed, guarantee(seed));
    }

    static Guarantee guarantee(long seed) {
        return Guarantee.valueOf(System.getProperty(
                "simulation.guarantee", (seed % 2 == 0 ? Guarantee.EXACTLY_ONCE_V2 : Guarantee.AT_LEAST_ONCE).name()));
    }

    private static Path write(long seed, String trace) throws IOException {
        Files.createDirectories(TRACES);
        return Files.writeString(TRACES.resolve("seed-" + seed + "-" + guarantee(seed) + ".txt"), trace);
    }
}
