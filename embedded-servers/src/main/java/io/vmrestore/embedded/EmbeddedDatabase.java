package io.vmrestore.embedded;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A durable PostgreSQL server beside this JVM, with its data in a directory that later starts continue. If an earlier
 * JVM was killed its server still runs: then that one is taken over. Whoever starts it closes it, after its clients.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final String USER = "postgres";
    private static final String HOST = "127.0.0.1";

    /** Recovery after a crash is part of a start and takes as long as the last checkpoint is old, 5 minutes at most. */
    private static final Duration START_LIMIT = Duration.ofSeconds(180);

    private final DatabaseDirectory directory;
    private final boolean adopted;
    private final DatabaseEndpoint endpoint;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedDatabase(DatabaseDirectory directory, boolean adopted, DatabaseEndpoint endpoint) {
        this.directory = directory;
        this.adopted = adopted;
        this.endpoint = endpoint;
    }

    /**
     * Starts the server, or takes over the one that a killed JVM left, and returns when it answers. The first start
     * generates a password and keeps it beside the data.
     *
     * @throws EmbeddedStartException if the port is taken, another process uses the directory, or PostgreSQL refuses to
     *     start; the message then ends with the last lines of its log
     */
    public static EmbeddedDatabase start(EmbeddedDatabaseSettings settings) {
        long begin = System.nanoTime();
        DatabaseDirectory directory = DatabaseDirectory.open(settings.directory());
        try {
            EmbeddedDatabase database = open(settings, directory);
            createDatabase(database.endpoint);
            log.info(
                    "PostgreSQL on {}:{} {} in {} ms, data in {}",
                    HOST,
                    database.endpoint.port(),
                    database.adopted ? "taken over" : "started",
                    Duration.ofNanos(System.nanoTime() - begin).toMillis(),
                    settings.directory());
            return database;
        } catch (RuntimeException | Error e) {
            try (directory) {
                Postmaster.of(directory.data()).ifPresent(Postmaster::stop);
            }
            throw e;
        }
    }

    /**
     * Stops the server that a killed JVM left running on a directory, without taking it over; does nothing where there
     * is none.
     *
     * @param directory the directory of {@link EmbeddedDatabaseSettings#directory()}
     * @throws EmbeddedStartException if a living process uses the directory
     */
    public static void stopLeftover(Path directory) {
        try (DatabaseDirectory locked =
                DatabaseDirectory.open(directory.toAbsolutePath().normalize())) {
            Postmaster.of(locked.data()).ifPresent(Postmaster::stop);
        }
    }

    /** Where clients connect, with the credentials of the server's owner. */
    public DatabaseEndpoint endpoint() {
        return endpoint;
    }

    /** Whether the server was already running because the JVM that started it was killed. */
    public boolean isAdopted() {
        return adopted;
    }

    /** Disconnects every client, stops the server and waits for its end; the data stays. A second call does nothing. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try (directory) {
            Postmaster.of(directory.data()).ifPresent(Postmaster::stop);
        }
    }

    private static EmbeddedDatabase open(EmbeddedDatabaseSettings settings, DatabaseDirectory directory) {
        Optional<Postmaster> running = Postmaster.of(directory.data());
        if (directory.hasUnfinishedFirstStart()) {
            running.ifPresent(Postmaster::stop);
            directory.removeUnfinished();
            running = Optional.empty();
        }
        String password = directory.password();
        if (password != null && running.isPresent()) {
            Postmaster postmaster = running.get();
            DatabaseEndpoint endpoint =
                    new DatabaseEndpoint(HOST, postmaster.port(), settings.database(), USER, password);
            boolean portFits = settings.port() == 0 || settings.port() == postmaster.port();
            if (portFits && postmaster.answers(endpoint)) {
                return new EmbeddedDatabase(directory, true, endpoint);
            }
            postmaster.stop();
        }
        return launch(settings, directory, password);
    }

    private static EmbeddedDatabase launch(
            EmbeddedDatabaseSettings settings, DatabaseDirectory directory, @Nullable String keptPassword) {
        int port = settings.port() == 0 ? LoopbackPorts.free() : settings.port();
        LoopbackPorts.requireFree("PostgreSQL", HOST, port);
        PostgresPrograms programs = PostgresPrograms.unpack(settings.binaries());
        String password = keptPassword == null ? initialise(programs, directory) : keptPassword;
        // A process id that now belongs to another program would keep PostgreSQL from starting.
        directory.removeProcessId();
        run(
                programs,
                directory,
                "pg_ctl",
                "start",
                "--pgdata=" + directory.data(),
                "--wait",
                "--timeout=" + START_LIMIT.toSeconds(),
                "--options=-p " + port + serverOptions(settings));
        if (keptPassword == null) {
            directory.firstStartSucceeded();
        }
        return new EmbeddedDatabase(
                directory, false, new DatabaseEndpoint(HOST, port, settings.database(), USER, password));
    }

    private static String initialise(PostgresPrograms programs, DatabaseDirectory directory) {
        String password = directory.createPassword();
        run(
                programs,
                directory,
                "initdb",
                "--pgdata=" + directory.data(),
                "--username=" + USER,
                "--auth=scram-sha-256",
                "--pwfile=" + directory.newPasswordFile(),
                "--encoding=UTF-8",
                // The built-in locale sorts alike on every machine and after every upgrade of the C library.
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions");
        return password;
    }

    /** What must hold whatever the kept postgresql.conf says; the first three are its defaults. */
    private static String serverOptions(EmbeddedDatabaseSettings settings) {
        return Map.of(
                        "fsync", "on",
                        "synchronous_commit", "on",
                        "full_page_writes", "on",
                        "timezone", "UTC",
                        "listen_addresses", HOST,
                        "unix_socket_directories", "",
                        "max_connections", Integer.toString(settings.maxConnections()),
                        "log_checkpoints", "off")
                .entrySet()
                .stream()
                .map(option -> " -c " + option.getKey() + "=" + option.getValue())
                .collect(Collectors.joining());
    }

    private static void run(
            PostgresPrograms programs, DatabaseDirectory directory, String program, String... arguments) {
        int exitCode = programs.run(directory.log(), program, List.of(arguments));
        if (exitCode != 0) {
            throw new EmbeddedStartException(
                    "PostgreSQL in %s did not start: %s ended with code %d. Its log %s ends with:%n%s"
                            .formatted(directory.root(), program, exitCode, directory.log(), directory.lastLogLines()));
        }
    }

    private static void createDatabase(DatabaseEndpoint endpoint) {
        try (Connection connection = DriverManager.getConnection(
                        endpoint.withDatabase("postgres").jdbcUrl(), endpoint.user(), endpoint.password());
                PreparedStatement existing =
                        connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?")) {
            existing.setString(1, endpoint.database());
            try (ResultSet result = existing.executeQuery();
                    Statement create = connection.createStatement()) {
                if (!result.next()) {
                    // The settings allow no character in the name that could end the quotes.
                    create.execute("CREATE DATABASE \"" + endpoint.database() + "\"");
                }
            }
        } catch (SQLException e) {
            throw new EmbeddedStartException(
                    "The database " + endpoint.database() + " cannot be created: " + e.getMessage(), e);
        }
    }
}
