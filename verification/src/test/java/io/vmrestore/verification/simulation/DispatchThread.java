package io.vmrestore.verification.simulation;

import io.micrometer.core.instrument.MeterRegistry;
import io.vmrestore.common.codec.EventCodec;
import io.vmrestore.common.codec.UndecodableException;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.Topics;
import io.vmrestore.common.lifecycle.JobState;
import io.vmrestore.planner.dispatch.DispatchSettings;
import io.vmrestore.planner.dispatch.Guarantee;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What a stream thread of Kafka Streams does around dispatch's processor: restores stores from the changelog,
 * processes, publishes and commits, with transactions or without, and begins anew after every failure.
 */
final class DispatchThread {
    private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration ROUND_TRIP = Duration.ofMillis(3);
    private static final Duration LONGEST_POLL = Duration.ofSeconds(1);
    private static final Duration BETWEEN_THREADS = Duration.ofMillis(500);
    private static final int BATCH = 5;

    private final Broker broker;
    private final SimulatedProcess process;
    private final DispatchSettings settings;
    private final Observer observer;
    private final MeterRegistry meters;
    private final Schedule schedule;
    private @Nullable Life life;

    DispatchThread(
            Broker broker,
            SimulatedProcess process,
            DispatchSettings settings,
            Observer observer,
            MeterRegistry meters) {
        this.broker = broker;
        this.process = process;
        this.settings = settings;
        this.observer = observer;
        this.meters = meters;
        schedule = broker.schedule();
    }

    /** The ended restores that it remembers. */
    Collection<JobState> ended() {
        List<JobState> ended = new ArrayList<>();
        if (life != null) {
            life.tasks.values().forEach(task -> ended.addAll(task.ended()));
        }
        return ended;
    }

    void run() {
        while (true) {
            try (Life begun = new Life()) {
                life = begun;
                begun.work();
            } catch (KafkaException fault) {
                broker.trace().add(process.name(), "dispatch begins anew: " + fault);
                await(BETWEEN_THREADS);
            }
        }
    }

    private void await(Duration pause) {
        schedule.pause(pause);
    }

    /** One stream thread until something goes wrong. */
    private final class Life implements AutoCloseable, ConsumerRebalanceListener {
        private final SimulatedConsumer consumer = new SimulatedConsumer(
                broker, process, broker.group("restore-dispatch", settings.sessionTimeout()), BATCH);
        private final SimulatedProducer producer = new SimulatedProducer(broker, process, DELIVERY_TIMEOUT);
        private final Map<TopicPartition, DispatchTask> tasks = new LinkedHashMap<>();
        private final Map<TopicPartition, OffsetAndMetadata> processed = new LinkedHashMap<>();
        private final boolean transactional = settings.guarantee() == Guarantee.EXACTLY_ONCE_V2;
        private @Nullable Transaction transaction;
        private @Nullable Throwable failed;
        private long lastCommit = schedule.nanos();

        void work() {
            consumer.subscribe(List.of(Topics.EVENTS), this);
            while (true) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(patience())) {
                    process(record);
                    // Anything may happen to the process between two records.
                    await(Duration.ZERO);
                }
                tasks.forEach((_, task) -> publish(task.punctuate(), task));
                if (commitDue()) {
                    commit();
                }
            }
        }

        private Duration patience() {
            if (!processed.isEmpty() || transaction != null) {
                return interval();
            }
            long next = tasks.values().stream()
                    .mapToLong(DispatchTask::nextMillis)
                    .min()
                    .orElse(Long.MAX_VALUE);
            long left = next - schedule.now().toEpochMilli();
            return Duration.ofMillis(Math.clamp(left, 1, LONGEST_POLL.toMillis()));
        }

        private Duration interval() {
            return Duration.ofMillis(transactional ? 2 : 100);
        }

        private boolean commitDue() {
            return (!processed.isEmpty() || transaction != null)
                    && schedule.nanos() - lastCommit >= interval().toNanos();
        }

        private void process(ConsumerRecord<String, byte[]> record) {
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            DispatchTask task = tasks.get(partition);
            if (task == null) {
                throw new IllegalStateException(partition + " was polled and has no task");
            }
            DispatchTask.Output output = task.process(record);
            compare(task, record);
            publish(output, task);
            processed.put(partition, new OffsetAndMetadata(record.offset() + 1));
        }

        private void compare(DispatchTask task, ConsumerRecord<String, byte[]> record) {
            try {
                RestoreEvent event = EventCodec.decode(record.headers(), record.value());
                observer.dispatched(process.name(), record.partition(), event, task.known(event.vmId(), event.jobId()));
            } catch (UndecodableException notOurs) {
                throw new AssertionError("Nobody publishes what cannot be decoded", notOurs);
            }
        }

        private void publish(DispatchTask.Output output, DispatchTask task) {
            int number = tasks.entrySet().stream()
                    .filter(entry -> entry.getValue() == task)
                    .findFirst()
                    .orElseThrow()
                    .getKey()
                    .partition();
            output.changes().forEach((key, value) -> send(new ProducerRecord<>(Changelog.TOPIC, number, key, value)));
            output.records().forEach(this::send);
        }

        private void send(ProducerRecord<String, byte[]> record) {
            if (transactional && transaction == null) {
                transaction = broker.begin(process.name());
            }
            var unused = producer.send(record, transaction).whenComplete((_, failure) -> {
                if (failure != null && failed == null) {
                    failed = failure;
                }
            });
        }

        private void commit() {
            lastCommit = schedule.nanos();
            flush();
            Map<TopicPartition, OffsetAndMetadata> offsets = new LinkedHashMap<>(processed);
            CompletableFuture<@Nullable Void> answer = new CompletableFuture<>();
            Transaction ending = transaction;
            GroupMember member = consumer.member();
            // The broker does it whether or not its answer finds anybody.
            schedule.after(ROUND_TRIP, () -> atBroker(offsets, ending, member, answer));
            schedule.pause(Duration.ZERO);
            try {
                process.time().get(answer, DELIVERY_TIMEOUT.multipliedBy(2));
            } catch (java.util.concurrent.ExecutionException refused) {
                throw refused.getCause() instanceof KafkaException cause ? cause : new KafkaException(refused);
            } catch (InterruptedException | java.util.concurrent.TimeoutException late) {
                throw new TimeoutException("No answer to a commit");
            }
            transaction = null;
            processed.clear();
        }

        private void atBroker(
                Map<TopicPartition, OffsetAndMetadata> offsets,
                @Nullable Transaction ending,
                @Nullable GroupMember member,
                CompletableFuture<@Nullable Void> answer) {
            if (!broker.available()) {
                schedule.after(Duration.ofMillis(200), () -> atBroker(offsets, ending, member, answer));
                return;
            }
            try {
                if (ending != null && !ending.open()) {
                    throw new ProducerFencedException("The transaction is over");
                }
                if (!offsets.isEmpty()) {
                    if (member == null) {
                        throw new ProducerFencedException("Nobody of the group");
                    }
                    member.group().commit(member, offsets);
                }
                if (ending != null) {
                    broker.trace().add(process.name(), "ends a transaction");
                    broker.end(ending, true);
                }
                answer.complete(null);
            } catch (KafkaException refused) {
                answer.completeExceptionally(refused);
            }
        }

        private void flush() {
            try {
                if (!schedule.await(producer.flushed(), DELIVERY_TIMEOUT.multipliedBy(2))) {
                    throw new TimeoutException("Records could not be sent");
                }
            } catch (InterruptedException never) {
                throw new IllegalStateException(never);
            }
            if (failed != null) {
                throw new KafkaException("A record was not sent", failed);
            }
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            for (TopicPartition partition : partitions) {
                tasks.put(
                        partition,
                        new DispatchTask(
                                partition.partition(),
                                Changelog.restored(broker, partition.partition()),
                                settings,
                                process.time().clock(),
                                meters));
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            if (!processed.isEmpty() || transaction != null) {
                commit();
            }
            partitions.forEach(tasks::remove);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            throw new ProducerFencedException("The partitions went to others");
        }

        @Override
        public void close() {
            if (transaction != null && transaction.open()) {
                broker.end(transaction, false);
            }
            consumer.close();
        }
    }
}
