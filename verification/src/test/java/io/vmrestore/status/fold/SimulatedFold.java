package io.vmrestore.status.fold;

import io.micrometer.core.instrument.MeterRegistry;
import io.vmrestore.common.contract.Topics;
import io.vmrestore.status.store.SimulatedTables;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** The fold as status-service puts it together; the loop stands for Spring's container. */
public final class SimulatedFold {
    private static final Duration IDLE = Duration.ofMillis(200);

    private SimulatedFold() {}

    /** Folds for ever. */
    public static void run(Consumer<String, byte[]> consumer, SimulatedTables tables, MeterRegistry meters) {
        FoldListener listener = new FoldListener(
                new Fold(tables.jobStore(), tables.writer()), tables.offsetStore(), new FoldProgress(meters));
        consumer.subscribe(List.of(Topics.EVENTS), new ConsumerRebalanceListener() {
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
        });
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
}
