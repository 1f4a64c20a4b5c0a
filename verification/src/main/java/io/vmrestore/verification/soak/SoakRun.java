package io.vmrestore.verification.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vmrestore.verification.benchmarks.system.Caller;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lets strangers at a system, restores a VM meanwhile, and judges both. */
public final class SoakRun {
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Pattern TOLD = Pattern.compile("attempted=(\\d+) ended=(\\d+)");
    private static final int FIRST_ADDRESS = 2;
    /** Connections of who restores and looks. */
    private static final int FEW = 5;

    /** Pools and files that are opened when they are first needed. */
    private static final int DESCRIPTORS_OF_ITS_OWN = 150;

    private static final double MEMORY_GROWTH = 1.25;

    private final SoakOptions options;
    private final PrintStream out;
    private final List<String> broken = new ArrayList<>();

    public SoakRun(SoakOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /** What the system holds when nobody is connected. */
    private record Footprint(double descriptors, double megabytes) {}

    /** Whether every promise was kept; the output tells which was not. */
    public boolean run() throws Exception {
        Path directory = Files.createTempDirectory("restore-soak");
        out.println("Starting the system in " + directory + " ...");
        try (SoakedSystem system = SoakedSystem.start(directory, options.settings())) {
            Caller caller = new Caller(system.gateway());
            caller.login();
            caller.restore();
            Footprint before = footprint(system);
            out.printf("At rest: %.0f descriptors, %.0f MB%n", before.descriptors(), before.megabytes());
            Footprint first = round(system, caller, 1);
            promise(first.descriptors() <= before.descriptors() + DESCRIPTORS_OF_ITS_OWN, "descriptors are given back");
            for (int number = 2; number <= options.rounds(); number++) {
                Footprint later = round(system, caller, number);
                promise(later.descriptors() <= first.descriptors() + DESCRIPTORS_OF_ITS_OWN, "descriptors stay flat");
                promise(later.megabytes() <= first.megabytes() * MEMORY_GROWTH, "memory stays flat");
            }
            promise(system.alive(), "the system is alive");
        }
        out.println(broken.isEmpty() ? "Every promise was kept." : "Broken: " + broken + "; see " + directory);
        return broken.isEmpty();
    }

    private Footprint round(SoakedSystem system, Caller caller, int number) throws Exception {
        List<Process> clients = new ArrayList<>();
        try {
            for (int client = 0; client < options.clients(); client++) {
                clients.add(strangers(system.port(), FIRST_ADDRESS + client));
            }
            CompletableFuture<Caller.Times> restore = CompletableFuture.supplyAsync(() -> restored(caller));
            double most = 0;
            boolean released = false;
            while (clients.stream().anyMatch(Process::isAlive) || !restore.isDone()) {
                double open = system.metric("restore_http_connections", "listener=\"service\"");
                most = Math.max(most, open);
                released = most > FEW && open <= FEW;
                TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
            }
            int ended = 0;
            int attempted = 0;
            for (Process client : clients) {
                String told = new String(client.getInputStream().readAllBytes(), UTF_8);
                Matcher matcher = TOLD.matcher(told);
                if (!matcher.find()) {
                    throw new IllegalStateException("A client did not tell what became of its connections: " + told);
                }
                attempted += Integer.parseInt(matcher.group(1));
                ended += Integer.parseInt(matcher.group(2));
            }
            out.printf(
                    "Round %d: %d connections attempted, %.0f open at most, %d ended, a restore in %.1f s%n",
                    number, attempted, most, ended, restore.get().execute().toMillis() / 1000.0);
            // A silent client that the system's full queue has dropped never learns of it; the gateway never knew it.
            promise(attempted > 0 && (ended == attempted || released), "every connection is refused or ended");
            Footprint after = footprint(system);
            out.printf("After it: %.0f descriptors, %.0f MB%n", after.descriptors(), after.megabytes());
            return after;
        } catch (CompletionException failed) {
            throw new IllegalStateException("The restore did not complete meanwhile", failed);
        } finally {
            clients.forEach(Process::destroyForcibly);
        }
    }

    private Process strangers(int port, int address) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StrangersMain.class.getName(),
                        Integer.toString(port),
                        Integer.toString(options.connections() / options.clients()),
                        "127.0.0." + address,
                        Long.toString(options.patience().toSeconds()))
                .redirectErrorStream(true)
                .start();
    }

    /** When nobody but the one client is connected any more. */
    private static Footprint footprint(SoakedSystem system) throws IOException, InterruptedException {
        for (int looks = 0; looks < 60 && system.metric("restore_http_connections", "\"service\"") > FEW; looks++) {
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        }
        return new Footprint(
                system.metric("process_files_open_files", ""), system.memory().orElse(0));
    }

    private static Caller.Times restored(Caller caller) {
        try {
            return caller.restore();
        } catch (IOException failed) {
            throw new CompletionException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CompletionException(stopped);
        }
    }

    private void promise(boolean kept, String what) {
        if (!kept) {
            broken.add(what);
        }
    }
}
