package io.vmrestore.status.fold;

import io.vmrestore.common.codec.EventCodec;
import io.vmrestore.common.codec.UndecodableException;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.status.store.LogPosition;
import io.vmrestore.status.store.StoredValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The events of one poll, decoded, in the order of their partitions. */
record EventBatch(List<ConsumerRecord<String, byte[]>> records, List<Entry> entries, int undecodable) {
    private static final Logger log = LoggerFactory.getLogger(EventBatch.class);

    /** An event and its place. */
    record Entry(LogPosition position, RestoreEvent event) {}

    /**
     * Decodes records. One that is no event is logged and counted and never stops the fold; dispatch, which reads the
     * same record, publishes it to the dead-letter topic.
     */
    static EventBatch decode(List<ConsumerRecord<String, byte[]>> records) {
        List<Entry> entries = new ArrayList<>(records.size());
        for (ConsumerRecord<String, byte[]> record : records) {
            RestoreEvent event = decode(record);
            if (event != null) {
                entries.add(new Entry(new LogPosition(record.partition(), record.offset()), event));
            }
        }
        return new EventBatch(records, entries, records.size() - entries.size());
    }

    Set<UUID> jobIds() {
        return entries.stream().map(entry -> entry.event().jobId()).collect(Collectors.toSet());
    }

    /** The offset after the last record of each partition. */
    Map<Integer, Long> nextOffsets() {
        Map<Integer, Long> next = new LinkedHashMap<>();
        records.forEach(record -> next.put(record.partition(), record.offset() + 1));
        return next;
    }

    private static @Nullable RestoreEvent decode(ConsumerRecord<String, byte[]> record) {
        try {
            return EventCodec.decode(record.headers(), StoredValue.event(record.value()));
        } catch (UndecodableException notOurs) {
            log.warn(
                    "{}-{}@{} is skipped: {}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    notOurs.getMessage());
            return null;
        }
    }
}
