package io.vmrestore.verification.chaos.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Follows one job over its stream of events, at any gateway and from where the last stream ended: each event comes once
 * and in order, whatever dies in between.
 */
final class Follower {
    private static final Duration PATIENCE = Duration.ofSeconds(75);
    /** A stream gives a sign of life every 15 s. */
    private static final Duration SILENCE = Duration.ofSeconds(35);

    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Client client;
    private final Journal journal;
    private final Restore restore;
    private final UUID job;
    private final BooleanSupplier open;
    private final long begin = System.nanoTime();
    private final AtomicLong lastSign = new AtomicLong();
    private long lastId;

    /** @param restore one whose job is known */
    Follower(Client client, Journal journal, Restore restore, BooleanSupplier open) {
        this.client = client;
        this.journal = journal;
        this.restore = restore;
        this.job = restore.jobId().orElseThrow();
        this.open = open;
    }

    /** Returns when the stream says that nothing will follow, or after a while. */
    void follow() throws InterruptedException {
        while (wanted()) {
            switch (client.stream("/restore/jobs/" + job + "/events", lastId)) {
                case Client.Streaming.Events(InputStream events) -> read(events);
                case Client.Streaming.Over _ -> {
                    restore.followedTo(lastId);
                    return;
                }
                case Client.Streaming.NotNow _ -> TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
            }
        }
    }

    private boolean wanted() {
        return open.getAsBoolean() && System.nanoTime() - begin < PATIENCE.toNanos();
    }

    private void read(InputStream events) throws InterruptedException {
        lastSign.set(System.nanoTime());
        Thread watch = Thread.ofVirtual().start(() -> endWhenSilent(events));
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(events, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                lastSign.set(System.nanoTime());
                if (line.startsWith("id:")) {
                    next(Long.parseLong(line.substring("id:".length()).strip()));
                }
            }
        } catch (IOException cut) {
            // It is taken up where it ended.
        } finally {
            watch.interrupt();
            watch.join();
        }
    }

    private void next(long id) {
        if (id != lastId + 1) {
            journal.wrong("EVENTS of " + job + ": event " + id + " after event " + lastId);
        }
        lastId = id;
    }

    /** A frozen link closes nothing: whoever waits for more has to give up. */
    private void endWhenSilent(InputStream events) {
        try {
            while (wanted() && System.nanoTime() - lastSign.get() < SILENCE.toNanos()) {
                TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
            }
            events.close();
        } catch (InterruptedException | IOException ended) {
            // Nobody reads any more.
        }
    }
}
