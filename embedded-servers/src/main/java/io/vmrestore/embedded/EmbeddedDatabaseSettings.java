package io.vmrestore.embedded;

import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Where the embedded PostgreSQL server keeps its data and where it listens, which is always the loopback address.
 *
 * @param directory created if absent, private to its owner: data, password, log, lock
 * @param binaries where PostgreSQL's programs are unpacked once; may be shared by several databases of one user
 * @param port TCP port, or 0 for a free one chosen at each start
 * @param database name of the database that clients use, created if absent
 * @param maxConnections connections that the server accepts at a time
 */
public record EmbeddedDatabaseSettings(Path directory, Path binaries, int port, String database, int maxConnections) {
    private static final Pattern DATABASE_NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    /** Checks every value; the messages name the value and what is allowed. */
    public EmbeddedDatabaseSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("Database port " + port + " is not between 0 and 65535");
        }
        if (!DATABASE_NAME.matcher(database).matches()) {
            throw new IllegalArgumentException("Database name '" + database
                    + "' is not 1 to 63 lower-case letters, digits and underscores that begin with a letter");
        }
        if (maxConnections < 10 || maxConnections > 1_000) {
            throw new IllegalArgumentException(
                    "Database connection limit " + maxConnections + " is not between 10 and 1000");
        }
        directory = directory.toAbsolutePath().normalize();
        binaries = binaries.toAbsolutePath().normalize();
    }

    /** A database {@code vm_restore} with 60 connections on a free loopback port. */
    public static EmbeddedDatabaseSettings in(Path directory) {
        return new EmbeddedDatabaseSettings(directory, directory.resolve("binaries"), 0, "vm_restore", 60);
    }

    /** The same database on a fixed port. */
    public EmbeddedDatabaseSettings withPort(int port) {
        return new EmbeddedDatabaseSettings(directory, binaries, port, database, maxConnections);
    }

    /** The same database with PostgreSQL's programs in another directory. */
    public EmbeddedDatabaseSettings withBinaries(Path binaries) {
        return new EmbeddedDatabaseSettings(directory, binaries, port, database, maxConnections);
    }

    /** The same database with another limit of connections. */
    public EmbeddedDatabaseSettings withMaxConnections(int maxConnections) {
        return new EmbeddedDatabaseSettings(directory, binaries, port, database, maxConnections);
    }
}
