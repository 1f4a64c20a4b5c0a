package io.vmrestore.verification.simulation;

import io.vmrestore.common.lifecycle.JobState;
import io.vmrestore.status.store.AppliedEvent;
import io.vmrestore.status.store.BatchWriter;
import io.vmrestore.status.store.JobChange;
import io.vmrestore.status.store.JobStore;
import io.vmrestore.status.store.OffsetMovedException;
import io.vmrestore.status.store.OffsetStore;
import io.vmrestore.status.store.StoredJob;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** The status tables in memory, with the same guards: offsets must be where the writer thinks, older versions lose. */
final class SimulatedTables {
    private static final DatabaseClient NONE = new Unreachable();

    private final Map<UUID, StoredJob> jobs = new LinkedHashMap<>();
    private final Map<UUID, Map<Integer, Object>> steps = new HashMap<>();
    private final Map<UUID, Map<Long, String>> events = new TreeMap<>();
    private final Map<Integer, Long> offsets = new TreeMap<>();
    private final Connection connection;

    /** The way to the database and back. */
    @FunctionalInterface
    public interface Connection {
        /** Has something done by the database, all or nothing, even if nobody waits for it any more. */
        <T> T call(Supplier<T> statement);
    }

    public SimulatedTables(Connection connection) {
        this.connection = connection;
    }

    /** Every restore as stored. */
    public Map<UUID, JobState> states() {
        Map<UUID, JobState> states = new LinkedHashMap<>();
        jobs.forEach((id, job) -> states.put(id, job.state()));
        return states;
    }

    /** The stored events of a restore by version. */
    public Map<Long, String> events(UUID job) {
        return events.getOrDefault(job, Map.of());
    }

    /** How far a partition is folded. */
    public long offset(int partition) {
        return offsets.getOrDefault(partition, 0L);
    }

    /** For the fold to read states from. */
    public JobStore jobStore() {
        return new JobStore(NONE) {
            @Override
            public Mono<Map<UUID, StoredJob>> load(Collection<UUID> ids) {
                return Mono.fromSupplier(() -> connection.call(() -> {
                    Map<UUID, StoredJob> found = new HashMap<>(jobs);
                    found.keySet().retainAll(ids);
                    return found;
                }));
            }
        };
    }

    /** For the fold to read offsets from. */
    public OffsetStore offsetStore() {
        return new OffsetStore(NONE) {
            @Override
            public Mono<Map<Integer, Long>> read(Collection<Integer> partitions) {
                return Mono.fromSupplier(() -> connection.call(() -> {
                    Map<Integer, Long> found = new HashMap<>();
                    partitions.forEach(partition -> found.put(partition, offset(partition)));
                    return found;
                }));
            }
        };
    }

    /** For the fold to write to. */
    public BatchWriter writer() {
        return new BatchWriter(NONE) {
            @Override
            public Mono<Void> write(Collection<JobChange> changes, List<AppliedEvent> applied, List<Advance> advances) {
                return Mono.fromRunnable(() -> {
                    @Nullable RuntimeException refused = connection.call(() -> tryWrite(changes, applied, advances));
                    if (refused != null) {
                        throw refused;
                    }
                });
            }
        };
    }

    private @Nullable RuntimeException tryWrite(
            Collection<JobChange> changes, List<AppliedEvent> applied, List<BatchWriter.Advance> advances) {
        if (!advances.stream().allMatch(advance -> offset(advance.partition()) == advance.from())) {
            return new OffsetMovedException(advances, new IllegalStateException("next_offset is another"));
        }
        advances.forEach(advance -> {
            if (advance.to() <= advance.from()) {
                throw new AssertionError("The fold goes back: " + advance);
            }
            offsets.put(advance.partition(), advance.to());
        });
        changes.forEach(this::upsert);
        applied.forEach(one -> events.computeIfAbsent(one.event().jobId(), _ -> new TreeMap<>())
                .putIfAbsent(one.version(), one.event().id()));
        return null;
    }

    private void upsert(JobChange change) {
        JobState state = change.after().state();
        StoredJob stored = jobs.get(state.jobId());
        if (stored != null && stored.state().version() >= state.version()) {
            return;
        }
        jobs.put(state.jobId(), change.after());
        Map<Integer, Object> rows = steps.computeIfAbsent(state.jobId(), _ -> new HashMap<>());
        state.steps().stream()
                .filter(step -> change.stepVersions().containsKey(step.stepOrder()))
                .forEach(step -> rows.put(step.stepOrder(), step));
        state.steps().forEach(step -> {
            if (!step.equals(rows.get(step.stepOrder()))) {
                throw new AssertionError(
                        "The row of step " + step.stepOrder() + " of " + state.jobId() + " is not what the state has");
            }
        });
    }

    private static final class Unreachable implements DatabaseClient {
        @Override
        public io.r2dbc.spi.ConnectionFactory getConnectionFactory() {
            throw new UnsupportedOperationException("There is no database");
        }

        @Override
        public GenericExecuteSpec sql(String sql) {
            throw new UnsupportedOperationException("There is no database");
        }

        @Override
        public GenericExecuteSpec sql(Supplier<String> sqlSupplier) {
            throw new UnsupportedOperationException("There is no database");
        }

        @Override
        public <T> Mono<T> inConnection(java.util.function.Function<io.r2dbc.spi.Connection, Mono<T>> action) {
            throw new UnsupportedOperationException("There is no database");
        }

        @Override
        public <T> reactor.core.publisher.Flux<T> inConnectionMany(
                java.util.function.Function<io.r2dbc.spi.Connection, reactor.core.publisher.Flux<T>> action) {
            throw new UnsupportedOperationException("There is no database");
        }
    }
}
