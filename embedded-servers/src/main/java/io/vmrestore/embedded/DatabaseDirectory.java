package io.vmrestore.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of one embedded database: {@code data} is PostgreSQL's own directory, {@code password} the generated
 * password (mode 600), {@code postgresql.log} the server's log, {@code lock} held by the JVM that uses the directory.
 *
 * <p>The password is called {@code password.new} until the first start has succeeded: where that name is found, a first
 * start was cut short, and what it left is removed because nobody can have stored anything in it.
 */
final class DatabaseDirectory implements AutoCloseable {
    private static final int LOG_LINES_IN_MESSAGES = 8;

    private final Path root;
    private final DirectoryLock lock;

    private DatabaseDirectory(Path root, DirectoryLock lock) {
        this.root = root;
        this.lock = lock;
    }

    /**
     * Creates the directory if absent and locks it for this JVM.
     *
     * @throws EmbeddedStartException if another process holds it
     */
    static DatabaseDirectory open(Path root) {
        return new DatabaseDirectory(root, DirectoryLock.acquire("PostgreSQL", root));
    }

    Path root() {
        return root;
    }

    Path data() {
        return root.resolve("data");
    }

    Path log() {
        return root.resolve("postgresql.log");
    }

    Path newPasswordFile() {
        return root.resolve("password.new");
    }

    /** Whether an earlier first start did not come to its end. */
    boolean hasUnfinishedFirstStart() {
        return Files.exists(newPasswordFile());
    }

    /** Returns the stored password, or null where the directory has no database yet. */
    @Nullable
    String password() {
        try {
            if (Files.exists(passwordFile())) {
                return Files.readString(passwordFile()).strip();
            }
        } catch (IOException e) {
            throw new EmbeddedStartException("The database password cannot be read: " + e, e);
        }
        if (Files.exists(data())) {
            throw new EmbeddedStartException("The file " + passwordFile() + " is missing, but " + data()
                    + " holds a database. Put the file back, or move the directory away to start with an empty"
                    + " database.");
        }
        return null;
    }

    /** Generates a password of 192 random bits for the first start and keeps it where only the owner can read it. */
    String createPassword() {
        byte[] bits = new byte[24];
        new SecureRandom().nextBytes(bits);
        String password = HexFormat.of().formatHex(bits);
        try {
            Files.createFile(newPasswordFile(), DirectoryLock.ownerOnly("rw-------"));
            Files.writeString(newPasswordFile(), password);
            return password;
        } catch (IOException e) {
            throw new EmbeddedStartException("The database password cannot be written: " + e, e);
        }
    }

    /** Notes that the first start succeeded: from now on the data is kept. */
    void firstStartSucceeded() {
        try {
            Files.move(newPasswordFile(), passwordFile());
        } catch (IOException e) {
            throw new EmbeddedStartException("The database password cannot be kept: " + e, e);
        }
    }

    /** Removes the note of a server that is known not to run. */
    void removeProcessId() {
        try {
            Files.deleteIfExists(data().resolve("postmaster.pid"));
        } catch (IOException e) {
            throw new EmbeddedStartException("The file postmaster.pid cannot be removed: " + e, e);
        }
    }

    /** Removes what an unfinished first start left. */
    void removeUnfinished() {
        try {
            deleteTree(data());
            Files.deleteIfExists(newPasswordFile());
        } catch (IOException e) {
            throw new EmbeddedStartException(
                    "An unfinished first start of the database left files that cannot be removed: " + e, e);
        }
    }

    /** The last lines of the server's log, for a message; empty where there is none. */
    String lastLogLines() {
        try {
            List<String> lines = Files.exists(log()) ? Files.readAllLines(log()) : List.of();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES_IN_MESSAGES), lines.size()));
        } catch (IOException e) {
            return "(" + log() + " cannot be read: " + e + ")";
        }
    }

    /** Releases the lock; the files stay. */
    @Override
    public void close() {
        lock.close();
    }

    private Path passwordFile() {
        return root.resolve("password");
    }

    static void deleteTree(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
