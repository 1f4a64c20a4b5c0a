package io.vmrestore.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Holds a directory for this JVM, such as that of a server. The operating system releases it when the process ends,
 * however it ends. Kafka's own lock comes too late: its controller has opened the metadata log before its broker looks
 * for the lock.
 */
public final class DirectoryLock implements AutoCloseable {
    private final Path directory;
    private final FileChannel channel;

    private DirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * Creates the directory if absent, private to its owner, and locks it.
     *
     * @throws EmbeddedStartException if another process, or this one, holds it already, or if it is not writable
     */
    public static DirectoryLock acquire(String server, Path directory) {
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(directory, ownerOnly("rwx------"));
            }
            FileChannel channel =
                    FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!tryLock(channel)) {
                channel.close();
                throw new EmbeddedStartException(
                        "%s cannot start: another process is using its directory %s. End it, or set another directory."
                                .formatted(server, directory));
            }
            return new DirectoryLock(directory, channel);
        } catch (IOException e) {
            throw new EmbeddedStartException(
                    "%s cannot start: its directory %s is not writable (%s).".formatted(server, directory, e), e);
        }
    }

    /** Whether somebody holds the directory now; this may have changed when the answer is read. */
    public static boolean isHeld(Path directory) {
        if (!Files.exists(directory.resolve("lock"))) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(directory.resolve("lock"), StandardOpenOption.WRITE)) {
            return !tryLock(channel);
        } catch (IOException e) {
            throw new EmbeddedStartException("The lock of " + directory + " cannot be looked at: " + e, e);
        }
    }

    /** The attribute that gives a new file these permissions; none where the file system has no such thing. */
    static FileAttribute<?>[] ownerOnly(String permissions) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /** Releases the directory; the file stays, because deleting it would let two others lock different files. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new EmbeddedStartException("The lock of " + directory + " cannot be released: " + e, e);
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }
}
