package io.vmrestore.verification.benchmarks.system;

import io.vmrestore.verification.processes.ChildJvm;
import io.vmrestore.verification.processes.DatabasePart;
import io.vmrestore.verification.processes.Member;
import io.vmrestore.verification.processes.Role;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One process of each role, from its start to its end. */
final class Processes implements AutoCloseable {
    static final List<Role> SERVERS = List.of(Role.BROKER, Role.DATABASE, Role.SIMULATOR);
    static final List<Role> SERVICES = List.of(Role.STATUS, Role.PLANNER, Role.EXECUTOR, Role.GATEWAY);

    private static final Duration START_LIMIT = Duration.ofSeconds(240);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final Path directory;
    private final Map<Role, ChildJvm> running = new EnumMap<>(Role.class);

    /** @param directory for their logs */
    Processes(Path directory) {
        this.directory = directory;
    }

    void launch(Role role, Map<String, String> environment) {
        running.put(role, ChildJvm.start(new Member(role, 1), directory, environment));
    }

    /** Waits until the process says that its part has started. */
    void awaitStarted(Role role) throws InterruptedException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        ChildJvm process = process(role);
        while (!process.ready()) {
            if (!process.alive() || System.nanoTime() > deadline) {
                throw notReady(role);
            }
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        }
    }

    /** Waits until the address answers 200. */
    void awaitReady(Role role, String readiness) throws InterruptedException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        HttpRequest request = HttpRequest.newBuilder(URI.create(readiness))
                .timeout(Duration.ofSeconds(20))
                .build();
        HttpClient http = HttpClient.newHttpClient();
        while (!ready(http, request)) {
            if (System.nanoTime() > deadline) {
                throw notReady(role);
            }
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        }
    }

    long pid(Role role) {
        return process(role).handle().pid();
    }

    /**
     * The processes of each role by its name. PostgreSQL is no child of the one that started it, but of the system.
     *
     * @param databaseDirectory where PostgreSQL notes its process id
     */
    Map<String, List<ProcessHandle>> handles(Path databaseDirectory) {
        Map<String, List<ProcessHandle>> handles = new LinkedHashMap<>();
        running.forEach((role, process) -> {
            List<ProcessHandle> ofRole = new ArrayList<>(List.of(process.handle()));
            if (role == Role.DATABASE) {
                DatabasePart.postmaster(databaseDirectory).stream()
                        .mapToObj(ProcessHandle::of)
                        .flatMap(Optional::stream)
                        .forEach(ofRole::add);
            }
            handles.put(role.label(), ofRole);
        });
        return handles;
    }

    /** Ends all that have been started, clients before servers. */
    @Override
    public void close() {
        try {
            for (Role service : SERVICES) {
                if (running.containsKey(service)) {
                    process(service).kill();
                }
            }
            for (Role server : SERVERS) {
                if (running.containsKey(server) && !process(server).terminate(STOP_LIMIT)) {
                    process(server).kill();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean ready(HttpClient http, HttpRequest request) throws InterruptedException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private IllegalStateException notReady(Role role) {
        String what = process(role).alive() ? " is not ready" : " has ended";
        return new IllegalStateException(role.label() + what + ". The end of its log:\n" + endOfLog(role));
    }

    private String endOfLog(Role role) {
        try {
            List<String> lines = Files.readAllLines(directory.resolve(new Member(role, 1).name() + ".log"));
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    private ChildJvm process(Role role) {
        ChildJvm process = running.get(role);
        if (process == null) {
            throw new IllegalStateException(role + " was never started");
        }
        return process;
    }
}
