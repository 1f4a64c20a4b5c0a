package io.vmrestore.verification.benchmarks.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Where and when figures were measured.
 *
 * @param load of the machine in the last minute before the run began; negative where the system does not tell
 * @param commit of the program, with {@code -dirty} if it was changed since; {@code unknown} outside a repository
 */
public record Machine(int cores, String jvm, String system, double load, String commit, Instant time) {

    public static Machine now() {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                described(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS));
    }

    @Override
    public String toString() {
        return "commit %s, %s, %d cores, %s, %s, load average before %.1f"
                .formatted(commit, time, cores, system, jvm, load);
    }

    private static String described() {
        try {
            Path here = Path.of(Machine.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Process git = new ProcessBuilder("git", "describe", "--always", "--dirty", "--exclude=*")
                    .directory(here.resolve("..").normalize().toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return git.waitFor() == 0 && !said.isEmpty() ? said : "unknown";
        } catch (IOException | URISyntaxException noGit) {
            return "unknown";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "unknown";
        }
    }
}
