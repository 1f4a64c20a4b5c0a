package io.vmrestore.status.store;

import io.vmrestore.common.contract.Topics;
import java.util.Collection;
import java.util.Map;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** How far the event topic is folded, by partition. */
@Component
public class OffsetStore {
    private final DatabaseClient database;

    public OffsetStore(DatabaseClient database) {
        this.database = database;
    }

    /** The next offset to fold of each partition; 0 where nothing is folded yet. */
    public Mono<Map<Integer, Long>> read(Collection<Integer> partitions) {
        Integer[] numbers = partitions.toArray(Integer[]::new);
        Mono<Long> known = database.sql("INSERT INTO fold_offsets (topic, partition, next_offset)"
                        + " SELECT $1, number, 0 FROM unnest($2::int[]) AS number ON CONFLICT DO NOTHING")
                .bind(0, Topics.EVENTS)
                .bind(1, numbers)
                .fetch()
                .rowsUpdated();
        return known.thenMany(database.sql(
                                "SELECT partition, next_offset FROM fold_offsets WHERE topic = $1 AND partition ="
                                        + " ANY($2)")
                        .bind(0, Topics.EVENTS)
                        .bind(1, numbers)
                        .map(row -> Map.entry(
                                Rows.required(row, "partition", Integer.class),
                                Rows.required(row, "next_offset", Long.class)))
                        .all())
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }
}
