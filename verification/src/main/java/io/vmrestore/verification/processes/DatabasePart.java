package io.vmrestore.verification.processes;

import io.vmrestore.embedded.EmbeddedDatabase;
import io.vmrestore.embedded.EmbeddedDatabaseSettings;
import io.vmrestore.embedded.EmbeddedStartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** PostgreSQL: a process beside that of the fleet, which ends it when it is asked to end. */
public final class DatabasePart {
    public static final String DIRECTORY = "PART_DATABASE_DIRECTORY";
    public static final String PORT = "PART_DATABASE_PORT";
    public static final String NAME = "vm_restore";
    public static final String USER = "postgres";

    private static final Duration BACKENDS_END = Duration.ofSeconds(60);

    private DatabasePart() {}

    /** Starts PostgreSQL; tries again while backends of a killed one are still ending. */
    static EmbeddedDatabase start(Map<String, String> environment) {
        EmbeddedDatabaseSettings settings = EmbeddedDatabaseSettings.in(Path.of(environment.get(DIRECTORY)))
                .withPort(Integer.parseInt(environment.get(PORT)));
        long begin = System.nanoTime();
        while (true) {
            try {
                return EmbeddedDatabase.start(settings);
            } catch (EmbeddedStartException refused) {
                if (System.nanoTime() - begin > BACKENDS_END.toNanos()) {
                    throw refused;
                }
                System.out.println("PostgreSQL does not start yet: " + refused.getMessage());
            }
        }
    }

    /** The process id of the running server, from the first line of its {@code postmaster.pid}. */
    public static OptionalLong postmaster(Path directory) {
        Path file = directory.resolve("data").resolve("postmaster.pid");
        try {
            List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
            return lines.isEmpty()
                    ? OptionalLong.empty()
                    : OptionalLong.of(Long.parseLong(lines.getFirst().strip()));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    /** The password that the first start generated. */
    public static String password(Path directory) {
        try {
            return Files.readString(directory.resolve("password")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("The database has not been started in " + directory, e);
        }
    }
}
