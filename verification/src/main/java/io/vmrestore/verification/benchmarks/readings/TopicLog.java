package io.vmrestore.verification.benchmarks.readings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.record.FileRecords;
import org.apache.kafka.common.record.RecordBatch;

/**
 * Records and batches in the broker's files, by topic. A batch is what a producer sent for a partition at once, so it
 * is one publishing; the markers that end transactions are counted apart.
 */
public final class TopicLog implements Source {
    public static final String RECORDS = "Kafka records";
    public static final String PUBLISHINGS = "Kafka publishings (batches)";
    public static final String MARKERS = "ends of transactions";

    private static final Pattern PARTITION = Pattern.compile(".*/([^/]+)-\\d+/[^/]+");
    private static final String SEGMENT = ".log";

    private final Path directory;

    /** @param directory of the broker */
    public TopicLog(Path directory) {
        this.directory = directory;
    }

    @Override
    public Map<Counter, Double> read() throws IOException {
        Map<Counter, Double> counters = new LinkedHashMap<>();
        for (Path segment : segments()) {
            Matcher partition = PARTITION.matcher(segment.toString());
            if (partition.matches()) {
                count(segment, partition.group(1), counters);
            }
        }
        return counters;
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(SEGMENT)).toList();
        }
    }

    private static void count(Path segment, String topic, Map<Counter, Double> counters) throws IOException {
        String part = segment.toString();
        FileRecords records = FileRecords.open(segment.toFile(), false);
        try {
            for (RecordBatch batch : records.batches()) {
                if (batch.isControlBatch()) {
                    counters.merge(new Counter(PUBLISHINGS, MARKERS, part), 1.0, Double::sum);
                } else {
                    counters.merge(new Counter(PUBLISHINGS, topic, part), 1.0, Double::sum);
                    counters.merge(new Counter(RECORDS, topic, part), count(batch), Double::sum);
                }
            }
        } finally {
            // An ordinary close cuts off what the broker has written since.
            records.closeHandlers();
        }
    }

    private static double count(RecordBatch batch) {
        Integer count = batch.countOrNull();
        return count == null ? batch.lastOffset() - batch.baseOffset() + 1 : count;
    }
}
