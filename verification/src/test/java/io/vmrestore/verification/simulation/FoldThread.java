package io.vmrestore.verification.simulation;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vmrestore.common.contract.Topics;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.status.fold.Fold;
import io.vmrestore.status.fold.FoldListener;
import io.vmrestore.status.fold.FoldProgress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** What Spring's container does around the status service's listener. */
final class FoldThread implements ConsumerRebalanceListener {
    private static final Duration IDLE = Duration.ofMillis(200);

    private final Consumer<String, byte[]> consumer;
    private final FoldListener listener;

    FoldThread(Consumer<String, byte[]> consumer, SimulatedTables tables, TimeSource time) {
        this.consumer = consumer;
        listener = new FoldListener(
                new Fold(tables.jobStore(), tables.writer()),
                tables.offsetStore(),
                new FoldProgress(new SimpleMeterRegistry(), time.clock()),
                time);
    }

    /** Folds for ever. */
    void run() {
        consumer.subscribe(List.of(Topics.EVENTS), this);
        while (true) {
            List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
            consumer.poll(IDLE).forEach(records::add);
            if (records.isEmpty()) {
                listener.onIdle(consumer);
            } else {
                listener.onMessage(records, null, consumer);
            }
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        listener.onPartitionsAssigned(consumer, partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        listener.onPartitionsRevokedBeforeCommit(consumer, partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        listener.onPartitionsLost(consumer, partitions);
    }
}
