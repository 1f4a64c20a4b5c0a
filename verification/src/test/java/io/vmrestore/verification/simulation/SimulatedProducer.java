package io.vmrestore.verification.simulation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * An idempotent producer: each partition gets its records once and in order, different partitions in any order. What a
 * killed process had handed over arrives up to some record of each partition.
 */
final class SimulatedProducer {
    private static final Duration RETRY = Duration.ofMillis(200);

    private final Broker broker;
    private final SimulatedProcess process;
    private final Duration deliveryTimeout;
    private final Map<TopicPartition, Deque<Pending>> queues = new LinkedHashMap<>();

    private static final class Pending {
        private final ProducerRecord<String, byte[]> record;
        private final @Nullable Transaction transaction;
        private final long deadline;
        private final CompletableFuture<Long> acknowledged = new CompletableFuture<>();

        Pending(ProducerRecord<String, byte[]> record, @Nullable Transaction transaction, long deadline) {
            this.record = record;
            this.transaction = transaction;
            this.deadline = deadline;
        }
    }

    SimulatedProducer(Broker broker, SimulatedProcess process, Duration deliveryTimeout) {
        this.broker = broker;
        this.process = process;
        this.deliveryTimeout = deliveryTimeout;
        process.onDeath(this::sendPart);
        process.onFreeze(this::sendPart);
        process.onWake(() -> queues.keySet().forEach(this::move));
    }

    /** Hands a record over; the future has its offset when the broker has it. */
    CompletableFuture<Long> send(ProducerRecord<String, byte[]> record, @Nullable Transaction transaction) {
        Pending pending = new Pending(record, transaction, broker.schedule().nanos() + deliveryTimeout.toNanos());
        TopicPartition partition = broker.partition(record);
        Deque<Pending> queue = queues.computeIfAbsent(partition, _ -> new ArrayDeque<>());
        queue.add(pending);
        if (queue.size() == 1) {
            move(partition);
        }
        broker.handedOver(process);
        return pending.acknowledged;
    }

    /** Whether everything that was handed over is with the broker or given up. */
    BooleanSupplier flushed() {
        return () -> queues.values().stream().allMatch(Deque::isEmpty);
    }

    private void move(TopicPartition partition) {
        broker.schedule().after(latency(), () -> deliver(partition));
    }

    private Duration latency() {
        return Duration.ofMillis(1L + broker.schedule().random().nextInt(4));
    }

    private void deliver(TopicPartition partition) {
        Deque<Pending> queue = queues.get(partition);
        Pending first = queue == null ? null : queue.peek();
        if (first == null || !process.runs()) {
            return;
        }
        if (first.deadline <= broker.schedule().nanos()) {
            queue.remove();
            first.acknowledged.completeExceptionally(
                    new TimeoutException("Expiring a record that was not sent in time"));
        } else if (!broker.available()) {
            broker.schedule().after(RETRY, () -> deliver(partition));
            return;
        } else {
            queue.remove();
            append(first);
        }
        if (!queue.isEmpty()) {
            move(partition);
        }
    }

    private void append(Pending pending) {
        if (pending.transaction != null && !pending.transaction.open()) {
            pending.acknowledged.completeExceptionally(
                    new InvalidProducerEpochException("The transaction was ended by the broker"));
            return;
        }
        long offset = broker.append(process.name(), pending.record, pending.transaction);
        broker.schedule().after(latency(), () -> acknowledge(pending, offset));
    }

    private void acknowledge(Pending pending, long offset) {
        if (broker.available() && process.runs()) {
            pending.acknowledged.complete(offset);
        } else if (process.dead()) {
            // Nobody hears of it.
            return;
        } else if (process.runs() && pending.deadline <= broker.schedule().nanos()) {
            pending.acknowledged.completeExceptionally(
                    new TimeoutException("The acknowledgement did not come in time"));
        } else {
            broker.schedule().after(RETRY, () -> acknowledge(pending, offset));
        }
    }

    private void sendPart() {
        for (Deque<Pending> queue : queues.values()) {
            int sent = broker.available() ? broker.schedule().random().nextInt(queue.size() + 1) : 0;
            for (int count = 0; count < sent; count++) {
                append(queue.remove());
            }
        }
    }
}
