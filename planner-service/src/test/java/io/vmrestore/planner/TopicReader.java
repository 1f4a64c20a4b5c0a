package io.vmrestore.planner;

import static org.awaitility.Awaitility.await;

import io.vmrestore.common.codec.CommandCodec;
import io.vmrestore.common.codec.EventCodec;
import io.vmrestore.common.codec.UndecodableException;
import io.vmrestore.common.contract.RestoreCommand;
import io.vmrestore.common.contract.RestoreCommand.RunStep;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads all event and command topics from their start, as an independent subscriber of committed records would. */
public final class TopicReader implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Duration POLL = Duration.ofMillis(50);

    private final KafkaConsumer<String, byte[]> consumer;
    private final List<RestoreEvent> events = new CopyOnWriteArrayList<>();
    private final List<RestoreCommand> commands = new CopyOnWriteArrayList<>();
    private final Consumer<RunStep> onStep;
    private final Thread thread;

    private TopicReader(String bootstrapServers, Consumer<RunStep> onStep) {
        this.onStep = onStep;
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "group.id",
                        "reader-" + UUID.randomUUID(),
                        "group.protocol",
                        "consumer",
                        "isolation.level",
                        "read_committed",
                        "auto.offset.reset",
                        "earliest",
                        "enable.auto.commit",
                        false,
                        "metadata.max.age.ms",
                        500),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        consumer.subscribe(Pattern.compile("restore\\.(events|commands\\.[a-z_]+)\\.v1"));
        thread = Thread.ofPlatform().name("topic-reader").start(this::read);
    }

    public static TopicReader ofEverything(String bootstrapServers) {
        return new TopicReader(bootstrapServers, step -> {});
    }

    /** Also hands over every step command as it comes. */
    public static TopicReader withExecutor(String bootstrapServers, Consumer<RunStep> onStep) {
        return new TopicReader(bootstrapServers, onStep);
    }

    /** Waits for an event of a job. */
    public <E extends RestoreEvent> E awaitEvent(UUID jobId, Class<E> type) {
        return await("a " + type.getSimpleName() + " of " + jobId)
                .atMost(LIMIT)
                .pollInterval(POLL)
                .until(() -> events(jobId, type), found -> !found.isEmpty())
                .getFirst();
    }

    /** Waits for step commands of a job. */
    public List<RunStep> awaitSteps(UUID jobId, int count) {
        return await(count + " step commands of " + jobId)
                .atMost(LIMIT)
                .pollInterval(POLL)
                .until(() -> steps(jobId), found -> found.size() >= count);
    }

    public void awaitTrue(String what, Callable<Boolean> condition) {
        await(what).atMost(LIMIT).pollInterval(POLL).until(condition);
    }

    public <E extends RestoreEvent> List<E> events(UUID jobId, Class<E> type) {
        return events.stream()
                .filter(event -> event.jobId().equals(jobId))
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    public List<RunStep> steps(UUID jobId) {
        List<RunStep> found = new ArrayList<>();
        for (RestoreCommand command : commands) {
            if (command instanceof RunStep run && run.jobId().equals(jobId)) {
                found.add(run);
            }
        }
        return found;
    }

    private void read() {
        try (consumer) {
            while (true) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    take(record);
                }
            }
        } catch (WakeupException closing) {
            // The consumer is closed by the block above.
        }
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        try {
            if (record.topic().equals(Topics.EVENTS)) {
                events.add(EventCodec.decode(record.headers(), record.value()));
            } else {
                RestoreCommand command = CommandCodec.decode(record.headers(), record.value());
                commands.add(command);
                if (command instanceof RunStep run) {
                    onStep.accept(run);
                }
            }
        } catch (UndecodableException rubbish) {
            // Tests of dead letters publish such records on purpose.
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
