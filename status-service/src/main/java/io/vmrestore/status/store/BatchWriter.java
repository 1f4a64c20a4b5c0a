package io.vmrestore.status.store;

import io.r2dbc.spi.R2dbcException;
import io.vmrestore.common.contract.Topics;
import io.vmrestore.common.lifecycle.JobState;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes what a batch of events has changed: offsets, restores, steps, the events themselves and the notice to readers.
 * One statement is one transaction and one round trip; the same as separate statements took several times as long.
 */
@Component
public class BatchWriter {
    /** The channel on which changes are announced. */
    public static final String CHANNEL = "restore_jobs_changed";

    /** A payload must be shorter than 8000 bytes: 216 ids with their commas. */
    private static final int MOST_IDS = 216;

    /** SQLSTATE that the function {@code require_moved} of the migrations raises. */
    private static final String NOT_MOVED = "VR001";

    private static final int OFFSET_PARAMETERS = 6;
    private static final int FIRST_JOB = OFFSET_PARAMETERS + 1;
    private static final int FIRST_STEP = FIRST_JOB + JobTable.UPSERT.parameters();
    private static final int FIRST_EVENT = FIRST_STEP + StepTable.UPSERT.parameters();

    private static final String MOVED = """
        UPDATE fold_offsets SET next_offset = item.next
        FROM unnest($2::int[], $3::bigint[], $4::bigint[]) AS item (number, expected, next)
        WHERE topic = $1 AND partition = item.number AND next_offset = item.expected
        RETURNING partition\
        """;

    // Every part is executed, whether the SELECT at the end reads from it or not.
    private static final String SQL = """
        WITH moved AS (%s),
        jobs AS (%s),
        steps AS (%s),
        events AS (%s)
        SELECT require_moved((SELECT count(*) FROM moved), cardinality($2::int[])),
               CASE WHEN $5::boolean THEN pg_notify('%s', $6) END
        """.formatted(
                    MOVED,
                    JobTable.UPSERT.sql(FIRST_JOB),
                    StepTable.UPSERT.sql(FIRST_STEP),
                    EventTable.INSERT.sql(FIRST_EVENT),
                    CHANNEL);

    private static final String LEAVE_OUT = """
        WITH moved AS (%s),
        left_out AS (
            INSERT INTO unreadable_events (log_partition, log_offset, job_id, event_id, type, reason)
            VALUES ($5, $6, $7, $8, $9, $10)
            ON CONFLICT DO NOTHING),
        counted AS (
            UPDATE restore_jobs SET unreadable_events = coalesce(unreadable_events, 0) + 1 WHERE id = $7)
        SELECT require_moved((SELECT count(*) FROM moved), cardinality($2::int[])), pg_notify('%s', $7::text)
        """.formatted(MOVED, CHANNEL);

    private final DatabaseClient database;

    public BatchWriter(DatabaseClient database) {
        this.database = database;
    }

    /** A step forward in one partition, from the offset that was next to the one that is next now. */
    public record Advance(int partition, long from, long to) {}

    /**
     * Writes changes and moves the offsets on, all or nothing. Only whoever knows where the table stands may move on:
     * an instance whose partition went to another, or whose table was restored from a backup, is refused.
     *
     * @param events those that made the changes, to be kept for clients
     * @return an {@link OffsetMovedException} if a partition stands elsewhere, an {@link UnstorableException} if the
     *     tables have no place for what is to be written and never will
     */
    public Mono<Void> write(Collection<JobChange> changes, List<AppliedEvent> events, List<Advance> advances) {
        GenericExecuteSpec statement;
        try {
            statement = statement(changes, events, advances);
        } catch (RuntimeException noRow) {
            return Mono.error(new UnstorableException("It cannot be written as rows", noRow));
        }
        return statement
                .then()
                .onErrorMap(BatchWriter::notMoved, refused -> new OffsetMovedException(advances, refused))
                .onErrorMap(
                        BatchWriter::refused,
                        refused -> new UnstorableException("The database refuses its values", refused));
    }

    /**
     * Notes an event that has no rows and moves the offset behind it, both or neither. Its restore counts such events,
     * and whoever waits for a change of it hears of this one.
     *
     * @return an {@link OffsetMovedException} if the partition stands elsewhere
     */
    public Mono<Void> leaveOut(UnreadableEvent unreadable, List<Advance> advances) {
        return database.sql(LEAVE_OUT)
                .bind(0, Topics.EVENTS)
                .bind(1, advances.stream().map(Advance::partition).toArray(Integer[]::new))
                .bind(2, advances.stream().map(Advance::from).toArray(Long[]::new))
                .bind(3, advances.stream().map(Advance::to).toArray(Long[]::new))
                .bind(4, unreadable.position().partition())
                .bind(5, unreadable.position().offset())
                .bind(6, unreadable.event().jobId())
                .bind(7, StoredValue.text(unreadable.event().id()))
                .bind(8, unreadable.type())
                .bind(9, unreadable.shortReason())
                .then()
                .onErrorMap(BatchWriter::notMoved, refused -> new OffsetMovedException(advances, refused));
    }

    private GenericExecuteSpec statement(
            Collection<JobChange> changes, List<AppliedEvent> events, List<Advance> advances) {
        // In one order everywhere, so that two writers wait for each other instead of blocking each other.
        List<JobChange> jobs = changes.stream()
                .sorted(Comparator.comparing(change -> change.after().state().jobId()))
                .toList();
        GenericExecuteSpec statement = database.sql(SQL)
                .bind(0, Topics.EVENTS)
                .bind(1, advances.stream().map(Advance::partition).toArray(Integer[]::new))
                .bind(2, advances.stream().map(Advance::from).toArray(Long[]::new))
                .bind(3, advances.stream().map(Advance::to).toArray(Long[]::new))
                .bind(4, !jobs.isEmpty())
                .bind(5, notice(jobs));
        statement = JobTable.UPSERT.bind(
                statement, FIRST_JOB, jobs.stream().map(JobTable::document).toList());
        statement = StepTable.UPSERT.bind(
                statement,
                FIRST_STEP,
                jobs.stream().flatMap(BatchWriter::changedSteps).toList());
        return EventTable.INSERT.bind(
                statement,
                FIRST_EVENT,
                events.stream().map(EventTable::document).toList());
    }

    /** Too many to name are announced by an empty text. */
    private static String notice(List<JobChange> jobs) {
        return jobs.size() > MOST_IDS
                ? ""
                : jobs.stream()
                        .map(change -> change.after().state().jobId().toString())
                        .collect(Collectors.joining(","));
    }

    private static Stream<ObjectNode> changedSteps(JobChange change) {
        JobState job = change.after().state();
        return job.steps().stream().flatMap(step -> {
            Long version = change.stepVersions().get(step.stepOrder());
            return version == null ? Stream.empty() : Stream.of(StepTable.document(job.jobId(), version, step));
        });
    }

    /** A value (SQLSTATE class 22), a constraint (23) or a size (54) that the database refuses now, and will again. */
    private static boolean refused(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof R2dbcException refused && refused.getSqlState() != null) {
                String state = refused.getSqlState();
                return state.startsWith("22") || state.startsWith("23") || state.startsWith("54");
            }
        }
        return false;
    }

    private static boolean notMoved(Throwable failure) {
        return failure.getCause() instanceof R2dbcException refused && NOT_MOVED.equals(refused.getSqlState());
    }
}
