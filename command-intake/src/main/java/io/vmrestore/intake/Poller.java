package io.vmrestore.intake;

import io.vmrestore.common.retry.Backoff;
import io.vmrestore.common.time.Chance;
import io.vmrestore.common.time.TimeSource;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of one consumer. Everything but the handlers happens on the thread that calls {@link #run()}, which never
 * waits for a handler, so {@code max.poll.interval.ms} cannot pass.
 */
final class Poller implements ConsumerRebalanceListener {
    private static final Logger log = LoggerFactory.getLogger(Poller.class);

    private static final Duration IDLE_POLL = Duration.ofMillis(100);
    /** While the window is full nothing wakes the poller when room appears, so it looks often. */
    private static final Duration FULL_POLL = Duration.ofMillis(5);

    /**
     * Between two commits. Each costs the broker as much as a record; after a crash so much more is repeated, which
     * handlers must bear anyway.
     */
    private static final Duration COMMIT_PAUSE = Duration.ofMillis(200);

    /** While records are at work the group is asked as often as this whether it still counts us in. */
    private static final Duration CONTACT_PAUSE = Duration.ofSeconds(1);

    private static final Duration LAST_COMMIT = Duration.ofSeconds(3);
    private static final Duration STOPPING = Duration.ofSeconds(1);
    private static final Duration LEAVING = Duration.ofSeconds(5);

    private final IntakeSettings settings;
    private final Consumer<String, byte[]> consumer;
    private final IntakeMeters meters;
    private final CompletableFuture<@Nullable Void> closing;
    private final TimeSource time;
    private final Work.Workshop workshop;
    private final Contact contact;
    private final Partitions partitions;
    /** In the order in which they began, so that what has to stop always does so in the same order. */
    private final Set<Work> running = new ConcurrentSkipListSet<>(Comparator.comparingLong(Work::number));

    private final Queue<Work> finished = new ConcurrentLinkedQueue<>();
    private final Lag lag;
    private final Duration commitPause;
    private boolean commitPending;
    private boolean commitFailing;
    private long lastCommit;
    private long begun;

    Poller(
            IntakeSettings settings,
            Consumer<String, byte[]> consumer,
            Handler handler,
            Backoff backoff,
            IntakeMeters meters,
            CompletableFuture<@Nullable Void> closing,
            TimeSource time,
            Chance chance) {
        this(settings, consumer, handler, backoff, meters, closing, time, chance, COMMIT_PAUSE);
    }

    Poller(
            IntakeSettings settings,
            Consumer<String, byte[]> consumer,
            Handler handler,
            Backoff backoff,
            IntakeMeters meters,
            CompletableFuture<@Nullable Void> closing,
            TimeSource time,
            Chance chance,
            Duration commitPause) {
        this.settings = settings;
        this.consumer = consumer;
        this.meters = meters;
        this.closing = closing;
        this.time = time;
        contact = new Contact(time);
        partitions = new Partitions(contact);
        this.commitPause = commitPause;
        lastCommit = time.nanoTime() - commitPause.toNanos();
        workshop = new Work.Workshop(handler, backoff, meters, closing, time, chance, finished::add, running::remove);
        lag = new Lag(consumer, meters, time);
    }

    /** Works until the intake closes. Whatever goes wrong is thrown, after all work was stopped and the group left. */
    void run() {
        try {
            consumer.subscribe(settings.topics(), this);
            while (!closing.isDone()) {
                boolean full = adjust();
                consumer.poll(full || answerSoon() ? FULL_POLL : IDLE_POLL).forEach(this::begin);
                settle();
                meters.polled(full, partitions.inFlight(), partitions.oldestNanoTime());
                lag.measure();
            }
            finish();
        } finally {
            leave();
        }
    }

    /** Fetches on or pauses; returns whether there is no room for what another poll may bring. */
    private boolean adjust() {
        boolean full = partitions.inFlight() + settings.batch() > settings.window();
        if (full) {
            pauseAll();
        } else if (!consumer.paused().isEmpty()) {
            consumer.resume(consumer.paused());
        }
        return full;
    }

    private void pauseAll() {
        Set<TopicPartition> assignment = consumer.assignment();
        if (!consumer.paused().containsAll(assignment)) {
            consumer.pause(assignment);
        }
    }

    private void begin(ConsumerRecord<String, byte[]> record) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        PartitionProgress assignment = partitions.delivered(partition, record.offset(), time.nanoTime());
        Work work = new Work(begun++, record, assignment, workshop);
        running.add(work);
        work.start();
    }

    private void settle() {
        drain();
        boolean contactDue = contactDue();
        if (commitPending || (!contactDue && time.nanoTime() - lastCommit < commitPause.toNanos())) {
            return;
        }
        Commit commit = partitions.committable();
        if (commit.isEmpty() && contactDue) {
            commit = partitions.confirmable();
        }
        if (!commit.isEmpty()) {
            commit(commit);
        }
    }

    private void commit(Commit commit) {
        long asked = time.nanoTime();
        commitPending = true;
        lastCommit = asked;
        consumer.commitAsync(commit.offsets(), (_, failure) -> commitEnded(commit, asked, failure));
    }

    /** The answer to a commit is heard in the next poll only; somebody may wait for it. */
    private boolean answerSoon() {
        return commitPending && contactDue() && time.nanoTime() - lastCommit < IDLE_POLL.toNanos();
    }

    /** Whether a record at work may soon want to know whether it is still ours. */
    private boolean contactDue() {
        return partitions.inFlight() > 0 && !contact.within(CONTACT_PAUSE.toNanos());
    }

    private void drain() {
        for (Work work = finished.poll(); work != null; work = finished.poll()) {
            work.settle();
        }
    }

    private void commitEnded(Commit commit, long asked, @Nullable Exception failure) {
        commitPending = false;
        if (failure == null) {
            contact.made(asked);
            commit.succeeded();
        } else if (!commitFailing) {
            log.warn("Intake {} could not commit ({}); it goes on trying", settings.name(), failure.toString());
        }
        commitFailing = failure != null;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
        partitions.assign(assigned);
        // The poll that brings a partition may bring its records as well, also when there is no room for them.
        if (!consumer.paused().isEmpty() || closing.isDone()) {
            consumer.pause(assigned);
        }
        log.info("Intake {} has got {} partitions", settings.name(), assigned.size());
        log.debug("Intake {} has got {}", settings.name(), assigned);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
        commitNow(revoked);
        end(revoked);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> lost) {
        end(lost);
    }

    private void commitNow(Collection<TopicPartition> revoked) {
        drain();
        Commit commit = partitions.committable(revoked);
        if (commit.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(commit.offsets(), LAST_COMMIT);
            commit.succeeded();
        } catch (KafkaException notCommitted) {
            log.warn(
                    "Intake {} could not commit {} before giving it away ({}); its last records are repeated",
                    settings.name(),
                    commit.offsets().keySet(),
                    notCommitted.toString());
        }
    }

    private void end(Collection<TopicPartition> ended) {
        Set<PartitionProgress> assignments = partitions.revoke(ended);
        if (!assignments.isEmpty()) {
            log.info("Intake {} has given away {} partitions", settings.name(), ended.size());
            log.debug("Intake {} has given away {}", settings.name(), ended);
            running.stream()
                    .filter(work -> assignments.contains(work.assignment()))
                    .forEach(Work::stop);
        }
    }

    /** Lets running work end, without beginning any. */
    private void finish() {
        long deadline = time.nanoTime() + settings.closeTimeout().toNanos();
        while (!running.isEmpty() && time.nanoTime() - deadline < 0) {
            pauseAll();
            consumer.poll(FULL_POLL);
            settle();
        }
        commitNow(partitions.assigned());
    }

    private void leave() {
        end(partitions.assigned());
        long deadline = time.nanoTime() + STOPPING.toNanos();
        try {
            for (Work work : running) {
                Duration left = Duration.ofNanos(Math.max(1, deadline - time.nanoTime()));
                if (!work.join(left)) {
                    log.warn("Intake {} leaves work behind that does not stop when interrupted", settings.name());
                    break;
                }
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        consumer.close(CloseOptions.timeout(LEAVING));
    }
}
