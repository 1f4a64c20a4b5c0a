package io.vmrestore.standalone.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets one command at a time start or stop the system of a data directory; the next one waits until it is done. The
 * operating system releases it when the command ends, however it ends.
 */
final class CommandLock implements AutoCloseable {
    private static final String FILE = "command.lock";

    private final FileChannel channel;

    private CommandLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @param dataDirectory a folder that is there */
    static CommandLock acquire(Path dataDirectory, PrintStream out) throws IOException, InterruptedException {
        FileChannel channel =
                FileChannel.open(dataDirectory.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (lock(channel) == null) {
                out.println("Another ./restore is starting or stopping the system in " + dataDirectory
                        + ". Waiting for it ...");
                while (lock(channel) == null) {
                    TimeUnit.MILLISECONDS.sleep(100);
                }
            }
            return new CommandLock(channel);
        } catch (InterruptedException | RuntimeException | IOException failed) {
            channel.close();
            throw failed;
        }
    }

    /** The file stays: deleting it would let two others lock different files. */
    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldInThisJvm) {
            return null;
        }
    }
}
