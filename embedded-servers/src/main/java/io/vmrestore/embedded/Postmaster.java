package io.vmrestore.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running PostgreSQL server that another process started, known from the {@code postmaster.pid} in its data
 * directory: PostgreSQL outlives a JVM that was killed.
 */
record Postmaster(ProcessHandle process, int port, Path data) {
    private static final Logger log = LoggerFactory.getLogger(Postmaster.class);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    // Lines of postmaster.pid by index, as PostgreSQL's miscadmin.h lists them.
    private static final int PID = 0;
    private static final int PORT = 3;

    /** Returns the server that runs on a data directory, if its process is alive. */
    static Optional<Postmaster> of(Path data) {
        try {
            List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
            if (lines.size() <= PORT) {
                return Optional.empty();
            }
            int port = Integer.parseInt(lines.get(PORT).strip());
            return ProcessHandle.of(Long.parseLong(lines.get(PID).strip()))
                    .filter(ProcessHandle::isAlive)
                    .filter(Postmaster::mayBePostgres)
                    .map(process -> new Postmaster(process, port, data));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | NumberFormatException e) {
            throw new EmbeddedStartException("The file " + data.resolve("postmaster.pid") + " cannot be read: " + e, e);
        }
    }

    /** Whether the server accepts the password and serves this very data directory. */
    boolean answers(DatabaseEndpoint endpoint) {
        Properties login = new Properties();
        login.put("user", endpoint.user());
        login.put("password", endpoint.password());
        login.put("connectTimeout", "5");
        login.put("socketTimeout", "5");
        try (Connection connection = DriverManager.getConnection(
                        endpoint.withDatabase("postgres").jdbcUrl(), login);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SHOW data_directory")) {
            return result.next() && Files.isSameFile(Path.of(result.getString(1)), data);
        } catch (SQLException | IOException e) {
            log.info("The PostgreSQL server with process id {} does not answer: {}", process.pid(), e.getMessage());
            return false;
        }
    }

    /**
     * Stops the server: clients are disconnected, everything is written. Where it does not end within 30 seconds it is
     * killed, and recovers from its log at the next start.
     */
    void stop() {
        try {
            interrupt();
            if (!ended(STOP_LIMIT)) {
                log.warn("PostgreSQL process {} did not stop in {}: killing it", process.pid(), STOP_LIMIT);
                process.destroyForcibly();
                ended(STOP_LIMIT);
            }
        } catch (IOException e) {
            throw new EmbeddedStartException("PostgreSQL process " + process.pid() + " cannot be stopped: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedStartException(
                    "Interrupted while PostgreSQL process " + process.pid() + " was stopping", e);
        }
    }

    /** Looks every 10 ms: the process is no child of this one, and for those the JDK's own wait looks every 2 s. */
    private boolean ended(Duration limit) throws InterruptedException {
        long begin = System.nanoTime();
        while (process.isAlive()) {
            if (System.nanoTime() - begin > limit.toNanos()) {
                return false;
            }
            Thread.sleep(10);
        }
        return true;
    }

    /** SIGINT is PostgreSQL's "fast" shutdown; the JDK can send SIGTERM only, which waits for clients to leave. */
    private void interrupt() throws IOException, InterruptedException {
        if (System.getProperty("os.name").startsWith("Windows")) {
            process.destroy();
            return;
        }
        new ProcessBuilder("sh", "-c", "kill -INT " + process.pid())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    /** After a restart of a container the process id often belongs to somebody else. */
    private static boolean mayBePostgres(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> command.contains("postgres"))
                .orElse(true);
    }
}
