package io.vmrestore.status.fold;

import io.vmrestore.common.codec.EventCodec;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.Topics;
import io.vmrestore.status.testing.RestoreLife;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A topic of three partitions, whose offsets have gaps as those of transactions have. */
final class EventLog {
    private static final int PARTITIONS = 3;

    final List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    final Map<Integer, Long> next = new HashMap<>();
    private final Random gaps = new Random(0);

    void append(RestoreEvent event) {
        append(EventCodec.encode(event));
    }

    void append(ProducerRecord<String, byte[]> record) {
        int partition = Math.floorMod(record.key().hashCode(), PARTITIONS);
        long offset = next.getOrDefault(partition, 0L) + gaps.nextInt(2);
        ConsumerRecord<String, byte[]> stored =
                new ConsumerRecord<>(Topics.EVENTS, partition, offset, record.key(), record.value());
        record.headers().forEach(stored.headers()::add);
        records.add(stored);
        next.put(partition, offset + 1);
    }

    void appendInterleaved(long seed, int restores) {
        Random random = new Random(seed);
        List<List<RestoreEvent>> left = new ArrayList<>();
        for (int restore = 0; restore < restores; restore++) {
            left.add(new ArrayList<>(RestoreLife.troubled(seed * 100 + restore).events()));
        }
        while (!left.isEmpty()) {
            List<RestoreEvent> life = left.get(random.nextInt(left.size()));
            append(life.removeFirst());
            left.removeIf(List::isEmpty);
        }
    }
}
