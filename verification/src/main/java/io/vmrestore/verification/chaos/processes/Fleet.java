package io.vmrestore.verification.chaos.processes;

import io.vmrestore.embedded.DatabaseEndpoint;
import io.vmrestore.verification.processes.ChildJvm;
import io.vmrestore.verification.processes.DatabasePart;
import io.vmrestore.verification.processes.Member;
import io.vmrestore.verification.processes.Role;
import io.vmrestore.verification.processes.Signals;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The whole system as processes on loopback ports of their own: broker, database, simulated cloud and several of each
 * service. The simulated cloud is never touched: it is what the others are judged by.
 */
public final class Fleet implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(180);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(50);

    private final Path directory;
    private final Addresses addresses;
    private final Environments environments;
    private final Links links = new Links();
    private final Map<Member, ChildJvm> processes = new ConcurrentHashMap<>();

    /**
     * A fleet that has not started.
     *
     * @param directory for everything that the processes keep and log
     * @param guarantee RESTORE_DISPATCH_GUARANTEE of the planners
     */
    public Fleet(Path directory, String guarantee) {
        this.directory = directory;
        this.addresses = new Addresses();
        this.environments = new Environments(directory, addresses, links, guarantee);
    }

    /** Starts everything; returns when all of it is ready. */
    public void start() throws InterruptedException {
        List<Member> servers = List.of(broker(), database(), simulator());
        addresses.openLinks(links);
        servers.forEach(this::launch);
        for (Member server : servers) {
            awaitReady(server);
        }
        Member.services().forEach(this::launch);
        for (Member service : Member.services()) {
            awaitReady(service);
        }
    }

    /** Starts a process that has ended; returns when it is ready, or throws when it is not in time. */
    public void restart(Member member) throws InterruptedException {
        launch(member);
        awaitReady(member);
    }

    /** Ends a process as {@code kill -9} does; for the database that is PostgreSQL itself. */
    public void kill(Member member) throws InterruptedException {
        if (member.role() == Role.DATABASE) {
            DatabasePart.postmaster(databaseDirectory()).ifPresent(pid -> Signals.send("KILL", pid));
        }
        process(member).kill();
    }

    /** Ends a process as an operator does, by force if it does not end in time. */
    public void stop(Member member) throws InterruptedException {
        ChildJvm process = process(member);
        if (!process.terminate(STOP_LIMIT)) {
            kill(member);
        }
    }

    /** Stops a process in its tracks. */
    public void pause(Member member) {
        process(member).pause();
    }

    /** Lets a paused process go on. */
    public void resume(Member member) {
        process(member).resume();
    }

    /** Starts whatever does not run, and lets everything go on that is paused. */
    public void heal() throws InterruptedException {
        links.heal();
        for (Map.Entry<Member, ChildJvm> entry : processes.entrySet()) {
            entry.getValue().resume();
            if (!entry.getValue().alive()) {
                restart(entry.getKey());
            }
        }
    }

    public Links links() {
        return links;
    }

    /** Base URLs of the gateways. */
    public List<String> gateways() {
        return Role.GATEWAY.members().stream().map(addresses::http).toList();
    }

    /** Base URL of the simulated cloud, past every link. */
    public String cloud() {
        return "http://127.0.0.1:" + addresses.simulator();
    }

    /** The broker's address, past every link. */
    public String bootstrapServers() {
        return "127.0.0.1:" + addresses.broker();
    }

    /** Where the tables are, past every link. */
    public DatabaseEndpoint tables() {
        return new DatabaseEndpoint(
                "127.0.0.1",
                addresses.database(),
                DatabasePart.NAME,
                DatabasePart.USER,
                DatabasePart.password(databaseDirectory()));
    }

    @Override
    public void close() {
        try {
            for (Member service : Member.services()) {
                if (processes.containsKey(service)) {
                    process(service).kill();
                }
            }
            for (Member server : List.of(database(), broker(), simulator())) {
                if (processes.containsKey(server)) {
                    process(server).resume();
                    stop(server);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            links.close();
        }
    }

    static Member broker() {
        return Role.BROKER.members().getFirst();
    }

    static Member database() {
        return Role.DATABASE.members().getFirst();
    }

    static Member simulator() {
        return Role.SIMULATOR.members().getFirst();
    }

    private Path databaseDirectory() {
        return directory.resolve("postgresql");
    }

    private void launch(Member member) {
        processes.put(member, ChildJvm.start(member, directory, environments.of(member)));
    }

    private void awaitReady(Member member) throws InterruptedException {
        ChildJvm process = process(member);
        await(() -> process.ready() || !process.alive());
        if (!process.ready()) {
            throw new IllegalStateException(member + (process.alive() ? " is not ready" : " has ended") + "; see "
                    + directory.resolve(member.name() + ".log"));
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long begin = System.nanoTime();
        while (!condition.getAsBoolean() && System.nanoTime() - begin < START_LIMIT.toNanos()) {
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        }
    }

    private ChildJvm process(Member member) {
        ChildJvm process = processes.get(member);
        if (process == null) {
            throw new IllegalStateException(member + " was never started");
        }
        return process;
    }
}
