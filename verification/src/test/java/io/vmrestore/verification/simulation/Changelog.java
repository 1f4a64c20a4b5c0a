package io.vmrestore.verification.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** The topic that dispatch's stores are restored from. */
final class Changelog {
    static final String TOPIC = "restore-dispatch-jobs-changelog";

    private Changelog() {}

    /**
     * What a store holds after it was restored. Like Kafka Streams since 2.6 (KAFKA-10167) it reads up to the end of
     * the partition, behind transactions that somebody left open: there may be committed records.
     */
    static Map<String, byte[]> restored(Broker broker, int partition) {
        PartitionLog log = broker.log(new TopicPartition(TOPIC, partition));
        awaitStable(broker.schedule(), log, log.end());
        Map<String, byte[]> content = new TreeMap<>();
        for (ConsumerRecord<String, byte[]> record = log.next(0);
                record != null;
                record = log.next(record.offset() + 1)) {
            if (record.value() == null) {
                content.remove(record.key());
            } else {
                content.put(record.key(), record.value());
            }
        }
        return new HashMap<>(content);
    }

    private static void awaitStable(Schedule schedule, PartitionLog log, long end) {
        try {
            if (!schedule.await(() -> log.stableEnd() >= end, Broker.TRANSACTION_TIMEOUT.multipliedBy(2))) {
                throw new TimeoutException("The changelog could not be read to its end");
            }
        } catch (InterruptedException never) {
            throw new IllegalStateException(never);
        }
    }
}
