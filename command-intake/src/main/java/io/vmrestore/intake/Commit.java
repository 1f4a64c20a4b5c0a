package io.vmrestore.intake;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Positions to commit, each of one assignment; an assignment that ended meanwhile is not mistaken for its successor.
 */
record Commit(Map<PartitionProgress, Long> positions) {

    boolean isEmpty() {
        return positions.isEmpty();
    }

    Map<TopicPartition, OffsetAndMetadata> offsets() {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        positions.forEach((progress, position) -> offsets.put(progress.partition(), new OffsetAndMetadata(position)));
        return offsets;
    }

    void succeeded() {
        positions.forEach(PartitionProgress::committed);
    }
}
