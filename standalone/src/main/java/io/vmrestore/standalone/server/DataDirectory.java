package io.vmrestore.standalone.server;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder in which the system keeps everything, looked at before anything is started in it. */
public final class DataDirectory {
    private static final long MEGABYTE = 1024L * 1024;

    /** An empty database and an empty broker take about 110 MB. */
    private static final long FIRST_START_MEGABYTES = 160;

    private static final long LATER_START_MEGABYTES = 32;

    private DataDirectory() {}

    /**
     * Makes the folder if it is absent.
     *
     * @throws StartRefusedException if nothing can be written there, or too little
     */
    public static Path require(Path directory) {
        requireWritable(directory);
        requireRoom(directory, Files.exists(directory.resolve("postgresql")));
        return directory;
    }

    private static void requireWritable(Path directory) {
        try {
            Files.createDirectories(directory);
            Files.delete(Files.createTempFile(directory, "writable", null));
        } catch (IOException failed) {
            throw new StartRefusedException(
                    "The data directory %s cannot be written: %s. Set RESTORE_DATA_DIRECTORY to a folder that can be."
                            .formatted(directory, reason(failed)));
        }
    }

    private static void requireRoom(Path directory, boolean startedBefore) {
        long free;
        try {
            free = Files.getFileStore(directory).getUsableSpace() / MEGABYTE;
        } catch (IOException failed) {
            throw new StartRefusedException(
                    "The free space of the data directory %s cannot be read: %s.".formatted(directory, reason(failed)));
        }
        long needed = startedBefore ? LATER_START_MEGABYTES : FIRST_START_MEGABYTES;
        if (free < needed) {
            throw new StartRefusedException(
                    "The disk of the data directory %s is full: %d MB are free, and a start needs %d MB. Free some space, or set RESTORE_DATA_DIRECTORY to a folder on another disk."
                            .formatted(directory, free, needed));
        }
    }

    private static String reason(IOException failed) {
        return switch (failed) {
            case AccessDeniedException denied -> "permission denied for " + denied.getFile();
            case FileAlreadyExistsException file -> file.getFile() + " is a file";
            case FileSystemException system
            when system.getReason() != null -> system.getReason() + " (" + system.getFile() + ")";
            default -> failed.toString();
        };
    }
}
