package io.vmrestore.embedded.testing;

import io.vmrestore.embedded.DatabaseEndpoint;
import io.vmrestore.embedded.EmbeddedBroker;
import io.vmrestore.embedded.EmbeddedBrokerSettings;
import io.vmrestore.embedded.EmbeddedDatabase;
import io.vmrestore.embedded.EmbeddedDatabaseSettings;
import io.vmrestore.embedded.EmbeddedStartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;

/** The embedded servers in a temporary directory per JVM, named after its process id. */
final class EmbeddedServers {
    /** Every cached application context of a suite keeps a pool of connections. */
    static final int MAX_CONNECTIONS = 200;

    private static final Logger log = LoggerFactory.getLogger(EmbeddedServers.class);

    private static final Path ROOT =
            Path.of(System.getProperty("java.io.tmpdir"), "vm-restore-test-" + System.getProperty("user.name"));
    static final Path PROGRAMS = ROOT.resolve("programs");
    private static final Path JVMS = ROOT.resolve("jvm");
    private static final Path OWN =
            JVMS.resolve(Long.toString(ProcessHandle.current().pid()));

    private EmbeddedServers() {}

    static String startKafka() {
        removeLeftovers();
        Path directory = OWN.resolve("kafka");
        EmbeddedBroker broker = EmbeddedBroker.start(EmbeddedBrokerSettings.in(directory));
        atExit(() -> {
            broker.close();
            delete(directory);
        });
        return broker.bootstrapServers();
    }

    static DatabaseEndpoint startDatabase() {
        removeLeftovers();
        Path directory = OWN.resolve("postgres");
        EmbeddedDatabase database = EmbeddedDatabase.start(
                EmbeddedDatabaseSettings.in(directory).withBinaries(PROGRAMS).withMaxConnections(MAX_CONNECTIONS));
        atExit(() -> {
            database.close();
            delete(directory);
        });
        return database.endpoint();
    }

    /** A test JVM that was killed left its directory, and in it a PostgreSQL server that still runs. */
    private static void removeLeftovers() {
        for (Path jvm : children(JVMS)) {
            boolean alive = ProcessHandle.of(Long.parseLong(jvm.getFileName().toString()))
                    .map(ProcessHandle::isAlive)
                    .orElse(false);
            if (!alive) {
                try {
                    EmbeddedDatabase.stopLeftover(jvm.resolve("postgres"));
                    delete(jvm);
                } catch (EmbeddedStartException | UncheckedIOException e) {
                    log.info("Another test JVM seems to be removing {} as well: {}", jvm, e.getMessage());
                }
            }
        }
    }

    /**
     * Runs an action at the JVM's end. With Spring Boot present it runs after all application contexts have closed:
     * otherwise their consumers would wait for a broker that is gone.
     */
    private static void atExit(Runnable action) {
        try {
            SpringApplication.getShutdownHandlers().add(action);
        } catch (NoClassDefFoundError e) {
            Runtime.getRuntime().addShutdownHook(new Thread(action, "embedded-servers-stop"));
        }
    }

    private static List<Path> children(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.list(directory)) {
            return paths.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path tree) {
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + tree, e);
        }
    }
}
