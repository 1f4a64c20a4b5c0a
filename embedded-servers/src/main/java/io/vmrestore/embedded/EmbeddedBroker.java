package io.vmrestore.embedded;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka broker and its KRaft controller inside this JVM, with its log in a directory that later starts continue,
 * also after the process was killed. Whoever starts it closes it, after its clients. Kafka ends the whole process with
 * exit code 1 when it can no longer write its log.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedBroker.class);

    private final DirectoryLock lock;
    private final KafkaRaftServer server;
    private final String bootstrapServers;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedBroker(DirectoryLock lock, KafkaRaftServer server, String bootstrapServers) {
        this.lock = lock;
        this.server = server;
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * Starts the broker and returns when it serves clients: after 2 to 3 seconds on an idle machine, and after 8 if its
     * process was killed before.
     *
     * @throws EmbeddedStartException if the port is taken, another process uses the directory, or Kafka refuses to
     *     start
     */
    public static EmbeddedBroker start(EmbeddedBrokerSettings settings) {
        DirectoryLock lock = DirectoryLock.acquire("The Kafka broker", settings.directory());
        try {
            return start(settings, lock);
        } catch (RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    private static EmbeddedBroker start(EmbeddedBrokerSettings settings, DirectoryLock lock) {
        long begin = System.nanoTime();
        int port = settings.port() == 0 ? LoopbackPorts.free() : settings.port();
        LoopbackPorts.requireFree("The Kafka broker", settings.host(), port);
        String bootstrapServers = settings.host() + ":" + port;
        int controllerPort = LoopbackPorts.free();
        while (controllerPort == port) {
            controllerPort = LoopbackPorts.free();
        }
        KafkaConfig config = KafkaConfig.fromProps(BrokerProperties.embedded(settings, port, controllerPort), false);
        KafkaRaftServer server = onPlainThread(
                () -> {
                    format(settings.directory());
                    KafkaRaftServer starting = new KafkaRaftServer(config, Time.SYSTEM);
                    starting.startup();
                    return starting;
                },
                "The Kafka broker in " + settings.directory() + " did not start.");
        log.info(
                "Kafka broker on {} started in {} ms, log in {}",
                bootstrapServers,
                Duration.ofNanos(System.nanoTime() - begin).toMillis(),
                settings.directory());
        return new EmbeddedBroker(lock, server, bootstrapServers);
    }

    /** The address for clients, {@code host:port}. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Stops the broker, then the controller, and waits for both; the log stays. A second call does nothing. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try (lock) {
            onPlainThread(
                    () -> {
                        server.shutdown();
                        server.awaitShutdown();
                        return server;
                    },
                    "The Kafka broker on " + bootstrapServers + " did not stop cleanly.");
        }
    }

    /** Gives an empty directory a cluster id and the newest feature levels; a formatted one stays as it is. */
    private static void format(Path directory) throws Exception {
        if (Files.exists(directory.resolve("meta.properties"))) {
            return;
        }
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setNodeId(BrokerProperties.NODE_ID)
                .setClusterId(Uuid.randomUuid().toString())
                .setControllerListenerName(BrokerProperties.CONTROLLER_LISTENER)
                .setMetadataLogDirectory(directory.toString())
                .addDirectory(directory.toString())
                .setIgnoreFormatted(true)
                .run();
    }

    /**
     * Runs on a new platform thread whose context class loader is this class's. Kafka loads classes by that loader and
     * its own threads inherit it; on a thread of the common pool it does not see the inside of a Spring Boot archive.
     */
    private static <T> T onPlainThread(Callable<T> action, String failure) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = Thread.ofPlatform().name("embedded-broker").unstarted(() -> {
            try {
                result.complete(action.call());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        thread.setContextClassLoader(EmbeddedBroker.class.getClassLoader());
        thread.start();
        try {
            return result.join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new EmbeddedStartException(failure + " Kafka says: " + cause.getMessage(), cause);
        }
    }
}
