package io.vmrestore.standalone.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Properties;

/**
 * What a running standalone tells others about itself, in a file of its data directory.
 *
 * @param cloud {@code simulator}, or the auth URL of the real cloud
 */
public record Instance(long pid, String gateway, String kafka, String database, String authUrl, String cloud) {
    private static final String FILE = "instance.properties";

    /** Reads the file; empty if no instance is ready or the process that wrote it is gone. */
    public static Optional<Instance> running(Path dataDirectory) {
        Path file = dataDirectory.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Properties values = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            values.load(reader);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Cannot read " + file, unreadable);
        }
        Instance instance = new Instance(
                Long.parseLong(values.getProperty("pid")),
                values.getProperty("gateway"),
                values.getProperty("kafka"),
                values.getProperty("database"),
                values.getProperty("auth-url"),
                values.getProperty("cloud"));
        boolean alive =
                ProcessHandle.of(instance.pid()).filter(ProcessHandle::isAlive).isPresent();
        return alive ? Optional.of(instance) : Optional.empty();
    }

    /** Whether the simulated cloud is in use. */
    public boolean simulated() {
        return cloud.equals("simulator");
    }

    void write(Path dataDirectory) {
        Properties values = new Properties();
        values.setProperty("pid", Long.toString(pid));
        values.setProperty("gateway", gateway);
        values.setProperty("kafka", kafka);
        values.setProperty("database", database);
        values.setProperty("auth-url", authUrl);
        values.setProperty("cloud", cloud);
        Path written = dataDirectory.resolve(FILE + ".new");
        try {
            try (var writer = Files.newBufferedWriter(written)) {
                values.store(writer, "The running instance; removed when it stops.");
            }
            // Moved into place at once, so that nobody reads half of it.
            Files.move(written, dataDirectory.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot write " + written, failed);
        }
    }

    static void remove(Path dataDirectory) {
        try {
            Files.deleteIfExists(dataDirectory.resolve(FILE));
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot remove " + dataDirectory.resolve(FILE), failed);
        }
    }
}
