package io.vmrestore.status.fold;

import io.vmrestore.common.codec.EventCodec;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.Topics;
import io.vmrestore.status.store.BatchWriter;
import io.vmrestore.status.store.JobStore;
import io.vmrestore.status.store.OffsetStore;
import io.vmrestore.status.testing.RestoreLife;
import io.vmrestore.status.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Measures how many events a second the fold writes, and how long one batch takes, over a real PostgreSQL. A program,
 * not a test: figures of a shared machine decide nothing by themselves. Arguments: sizes of batches.
 */
final class FoldBenchmark {
    private static final int RESTORES = 2_000;
    private static final int AT_ONCE = 200;

    private FoldBenchmark() {}

    public static void main(String[] arguments) {
        List<ConsumerRecord<String, byte[]>> log = log();
        int[] sizes = arguments.length == 0
                ? new int[] {1, 10, 100, 500, 2_000}
                : Arrays.stream(arguments).mapToInt(Integer::parseInt).toArray();
        for (int batchSize : sizes) {
            int limit = Math.min(log.size(), Math.max(batchSize * 200, 1_000));
            measure("warm-up", log.subList(0, limit), batchSize);
            measure("measured", log.subList(0, limit), batchSize);
        }
        System.exit(0);
    }

    private static void measure(String name, List<ConsumerRecord<String, byte[]>> log, int batchSize) {
        TestDatabase database = TestDatabase.create();
        OffsetStore offsets = new OffsetStore(database.client());
        Fold fold = new Fold(new JobStore(database.client()), new BatchWriter(database.client()));
        Map<Integer, Long> positions =
                new HashMap<>(Objects.requireNonNull(offsets.read(Set.of(0)).block()));
        List<Long> nanos = new ArrayList<>();
        long begin = System.nanoTime();
        for (int done = 0; done < log.size(); done += batchSize) {
            long before = System.nanoTime();
            EventBatch batch = EventBatch.decode(log.subList(done, Math.min(done + batchSize, log.size())));
            fold.apply(batch, positions).block();
            positions.putAll(batch.nextOffsets());
            nanos.add(System.nanoTime() - before);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        System.out.printf(
                "MEASURED %-8s batches of %4d: %6.0f events/s, batch p50 %.1f ms, p99 %.1f ms (%d events)%n",
                name,
                batchSize,
                log.size() / seconds,
                Duration.ofNanos(sorted[sorted.length / 2]).toNanos() / 1e6,
                Duration.ofNanos(sorted[sorted.length * 99 / 100]).toNanos() / 1e6,
                log.size());
    }

    /** Restores of which a few hundred run at a time. */
    private static List<ConsumerRecord<String, byte[]>> log() {
        Random random = new Random(1);
        List<List<RestoreEvent>> running = new ArrayList<>();
        List<ConsumerRecord<String, byte[]>> log = new ArrayList<>();
        int begun = 0;
        while (begun < RESTORES || !running.isEmpty()) {
            if (running.size() < AT_ONCE && begun < RESTORES) {
                running.add(new ArrayList<>(RestoreLife.smooth(begun++).events()));
                continue;
            }
            int chosen = random.nextInt(running.size());
            ProducerRecord<String, byte[]> record =
                    EventCodec.encode(running.get(chosen).removeFirst());
            if (running.get(chosen).isEmpty()) {
                running.remove(chosen);
            }
            ConsumerRecord<String, byte[]> stored =
                    new ConsumerRecord<>(Topics.EVENTS, 0, log.size(), record.key(), record.value());
            Arrays.stream(record.headers().toArray()).forEach(stored.headers()::add);
            log.add(stored);
        }
        return log;
    }
}
