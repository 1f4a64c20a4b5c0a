package io.vmrestore.status.fold;

import io.vmrestore.status.store.BatchWriter;
import io.vmrestore.status.store.JobStore;
import io.vmrestore.status.store.OffsetStore;
import io.vmrestore.status.testing.TestDatabase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The fold as the consumer's thread drives it. */
final class Folder {
    final TestDatabase database;
    final Map<Integer, Long> positions = new HashMap<>();
    private final OffsetStore offsets;
    private final Fold fold;

    Folder() {
        this(TestDatabase.create());
    }

    Folder(TestDatabase database) {
        this.database = database;
        offsets = new OffsetStore(database.client());
        fold = new Fold(new JobStore(database.client()), new BatchWriter(database.client()));
    }

    Map<FoldOutcome, Integer> fold(List<ConsumerRecord<String, byte[]>> records) {
        EventBatch batch = EventBatch.decode(records);
        batch.nextOffsets()
                .keySet()
                .forEach(partition -> positions.computeIfAbsent(
                        partition,
                        _ -> Objects.requireNonNull(
                                        offsets.read(Set.of(partition)).block())
                                .get(partition)));
        Map<FoldOutcome, Integer> outcomes =
                fold.applyStorable(batch, positions).block();
        positions.putAll(batch.nextOffsets());
        return Objects.requireNonNull(outcomes);
    }

    void foldInPieces(List<ConsumerRecord<String, byte[]>> records, Random random) {
        int done = 0;
        while (done < records.size()) {
            int size = Math.min(1 + random.nextInt(9), records.size() - done);
            fold(records.subList(done, done + size));
            done += size;
        }
    }

    Map<Integer, Long> offsets() {
        return Objects.requireNonNull(offsets.read(positions.keySet()).block());
    }
}
