package io.vmrestore.verification.chaos.nemesis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;

/**
 * Tells on one line each when a fault began and ended: time, number, what happened to it, kind, target and a note,
 * separated by tabs, so that it can be sorted together with the events and the logs of the processes.
 */
public final class FaultLog implements AutoCloseable {
    private final Path file;
    private final Writer writer;
    private final Map<FaultKind, Integer> begun = new EnumMap<>(FaultKind.class);
    private int skipped;
    private int failed;

    public FaultLog(Path file) {
        this.file = file;
        try {
            this.writer = Files.newBufferedWriter(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }

    public Path file() {
        return file;
    }

    synchronized void begin(PlannedFault fault) {
        begun.merge(fault.kind(), 1, Integer::sum);
        write(
                fault,
                "BEGIN",
                fault.lasts().isZero() ? "" : "for " + fault.lasts().toMillis() + " ms");
    }

    synchronized void end(PlannedFault fault) {
        write(fault, "END", "");
    }

    /** The target was still suffering from another fault. */
    synchronized void skip(PlannedFault fault) {
        skipped++;
        write(fault, "SKIPPED", "the target is not well yet");
    }

    /** The fault could not be made, or its target did not come back. */
    synchronized void fail(PlannedFault fault, Exception reason) {
        failed++;
        write(fault, "FAILED", reason.toString());
    }

    /** Faults that began, by kind. */
    public synchronized Map<FaultKind, Integer> counts() {
        return new EnumMap<>(begun);
    }

    /** Faults that began, of every kind. */
    public synchronized int begun() {
        return begun.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Faults that could not be made, or whose target did not come back. */
    public synchronized int failed() {
        return failed;
    }

    public synchronized int skipped() {
        return skipped;
    }

    @Override
    public synchronized void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }

    private void write(PlannedFault fault, String what, String note) {
        try {
            writer.write(String.join(
                            "\t",
                            Instant.now().truncatedTo(ChronoUnit.MILLIS).toString(),
                            Integer.toString(fault.number()),
                            what,
                            fault.kind().label(),
                            fault.target(),
                            note)
                    + "\n");
            // Read while the run goes on, and after one that was killed.
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }
}
