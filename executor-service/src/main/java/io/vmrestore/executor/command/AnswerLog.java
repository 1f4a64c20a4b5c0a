package io.vmrestore.executor.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vmrestore.common.codec.EventCodec;
import io.vmrestore.common.contract.EventType;
import io.vmrestore.common.contract.RestoreCommand.RunStep;
import io.vmrestore.common.contract.StepAddress;
import io.vmrestore.common.contract.Topics;
import io.vmrestore.common.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a command was answered before, by reading the public events back. A command comes again after a crash
 * or a change of owner; its restore may have been rolled back meanwhile, and to make its resource then would leave an
 * orphan. Only ids are read, and only the VM's partition from the command's time on.
 */
public final class AnswerLog implements AutoCloseable {
    /** Clocks of producers may differ by this much. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    /** What was read is kept for a wave of redeliveries and forgotten after it. */
    private static final Duration KEPT = Duration.ofMinutes(1);

    private static final Duration POLL = Duration.ofMillis(200);

    private static final List<EventType> ANSWERS =
            Arrays.stream(EventType.values()).filter(EventType::answers).toList();

    private static final List<EventType> ENDS =
            Arrays.stream(EventType.values()).filter(EventType::terminal).toList();

    /** The id of a sign of life: that of the command, the type of event, and when it was given. */
    private static final Pattern SIGN =
            Pattern.compile("(.+)/" + EventType.STEP_PROGRESSED.wireName() + "/(\\d{1,18})");

    private final Supplier<Consumer<String, byte[]>> consumers;
    private final TimeSource time;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<TopicPartition, Known> known = new HashMap<>();
    private @Nullable Consumer<String, byte[]> consumer;

    /** @param consumers makes consumers that read committed records and belong to no group */
    public AnswerLog(Supplier<Consumer<String, byte[]>> consumers, TimeSource time) {
        this.consumers = consumers;
        this.time = time;
    }

    /**
     * Whether this attempt has its answer, or its restore its end.
     *
     * @param commanded when the command was published
     */
    boolean answered(StepAddress step, Instant commanded) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Known ids = read(step.vmId(), commanded);
            return ANSWERS.stream().anyMatch(answer -> ids.ids.contains(answer.idOf(step.id())))
                    || ENDS.stream()
                            .anyMatch(end ->
                                    ids.ids.contains(end.idOf(step.jobId().toString())));
        } catch (InterruptException interrupted) {
            throw takenAway();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Until when an attempt may go on that another executor has begun and not ended. Signs of life behind its deadline
     * say that it waited for a service that gave no answer, which stops its time; how much was left nobody knows, so it
     * has its whole time once more.
     *
     * @return the command's own deadline unless there are such signs
     */
    Instant deadline(RunStep command) throws InterruptedException {
        @Nullable Instant sign = lastSign(command.step(), command.notBefore());
        if (sign == null || sign.isBefore(command.deadline())) {
            return command.deadline();
        }
        return time.instant().plus(Duration.between(command.notBefore(), command.deadline()));
    }

    private @Nullable Instant lastSign(StepAddress step, Instant commanded) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Known ids = read(step.vmId(), commanded);
            return ids.started.contains(step.id()) ? ids.signs.get(step.id()) : null;
        } catch (InterruptException interrupted) {
            throw takenAway();
        } finally {
            lock.unlock();
        }
    }

    private Known read(String vmId, Instant commanded) {
        Consumer<String, byte[]> reader = reader();
        TopicPartition partition = partition(reader, vmId);
        Known ids = known(partition, commanded.minus(SKEW));
        readOn(reader, partition, ids);
        return ids;
    }

    private static InterruptedException takenAway() {
        // The client has set the thread's interrupt flag, which the thrown exception stands for.
        Thread.interrupted();
        return new InterruptedException("The step was taken away while its answer was looked for");
    }

    private Consumer<String, byte[]> reader() {
        Consumer<String, byte[]> open = consumer;
        if (open == null) {
            open = consumers.get();
            consumer = open;
        }
        return open;
    }

    /** The partition that producers choose for a key by default. */
    private static TopicPartition partition(Consumer<?, ?> reader, String vmId) {
        int partitions = reader.partitionsFor(Topics.EVENTS).size();
        return new TopicPartition(Topics.EVENTS, Utils.toPositive(Utils.murmur2(vmId.getBytes(UTF_8))) % partitions);
    }

    private Known known(TopicPartition partition, Instant from) {
        Instant now = time.instant();
        known.values().removeIf(ids -> ids.lastAsked.plus(KEPT).isBefore(now));
        Known ids = known.get(partition);
        if (ids == null || ids.from.isAfter(from)) {
            ids = new Known(from);
            known.put(partition, ids);
        }
        ids.lastAsked = now;
        return ids;
    }

    private static void readOn(Consumer<String, byte[]> reader, TopicPartition partition, Known ids) {
        reader.assign(List.of(partition));
        long end = reader.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        if (ids.position < 0) {
            @Nullable
            OffsetAndTimestamp begin = reader.offsetsForTimes(Map.of(partition, ids.from.toEpochMilli()))
                    .get(partition);
            ids.position = begin == null ? end : begin.offset();
        }
        if (ids.position < end) {
            reader.seek(partition, ids.position);
            while (reader.position(partition) < end) {
                for (ConsumerRecord<String, byte[]> record : reader.poll(POLL)) {
                    ids.add(record.headers());
                }
            }
            ids.position = reader.position(partition);
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (consumer != null) {
                consumer.close();
                consumer = null;
            }
        } finally {
            lock.unlock();
        }
    }

    /** The answers and ends of one partition since a time. */
    private static final class Known {
        private final Instant from;
        private final Set<String> ids = new HashSet<>();
        /** Attempts that have begun, by the id of their command. */
        private final Set<String> started = new HashSet<>();
        /** When attempts last gave a sign of life, by the id of their command. */
        private final Map<String, Instant> signs = new HashMap<>();

        private long position = -1;
        private Instant lastAsked = Instant.MIN;

        Known(Instant from) {
            this.from = from;
        }

        void add(Headers event) {
            EventCodec.type(event).ifPresent(type -> EventCodec.id(event).ifPresent(id -> add(type, id)));
        }

        private void add(EventType type, String id) {
            if (type.answers() || type.terminal()) {
                ids.add(id);
            } else if (type == EventType.STEP_STARTED) {
                started.add(id.substring(0, id.lastIndexOf('/')));
            } else if (type == EventType.STEP_PROGRESSED) {
                SIGN.matcher(id)
                        .results()
                        .forEach(sign -> signs.merge(
                                sign.group(1),
                                Instant.ofEpochMilli(Long.parseLong(sign.group(2))),
                                (one, other) -> one.isAfter(other) ? one : other));
            }
        }
    }
}
