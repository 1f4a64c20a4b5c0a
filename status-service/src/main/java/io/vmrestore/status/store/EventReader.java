package io.vmrestore.status.store;

import io.r2dbc.spi.Readable;
import io.vmrestore.common.contract.JobStatus;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Reads the events of one restore from the tables, page by page. */
@Component
public class EventReader {
    /** Beyond it the database does not answer. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    /** With a plan among them, some hundred kilobytes. */
    private static final int PAGE = 100;

    // One statement is of one moment: the restore's status and its events belong together.
    private static final String SQL = """
        SELECT j.status, j.version AS newest, e.version, e.type, e.document
        FROM restore_jobs j LEFT JOIN LATERAL (
            SELECT version, type,
                   json_build_object('id', event_id, 'type', type, 'time', data -> 'time', 'data', data)::text AS document
            FROM restore_job_events WHERE job_id = j.id AND version > $2 ORDER BY version LIMIT %d) e ON true
        WHERE j.id = $1 ORDER BY e.version
        """.formatted(PAGE);

    private final DatabaseClient database;

    EventReader(DatabaseClient database) {
        this.database = database;
    }

    /** A row: an event, or none if there is none after the version asked for. */
    private record Row(boolean ended, long newest, @Nullable JobEvent event) {}

    /** The events after a version; empty if there is no such restore. */
    public Mono<EventPage> after(UUID jobId, long version) {
        return database.sql(SQL)
                .bind(0, jobId)
                .bind(1, version)
                .map(EventReader::row)
                .all()
                .collectList()
                .filter(rows -> !rows.isEmpty())
                .map(rows -> page(rows, version))
                .timeout(LIMIT);
    }

    private static Row row(Readable row) {
        Long version = row.get("version", Long.class);
        return new Row(
                JobStatus.valueOf(Rows.required(row, "status", String.class)).terminal(),
                Rows.required(row, "newest", Long.class),
                version == null
                        ? null
                        : new JobEvent(
                                version,
                                Rows.required(row, "type", String.class),
                                Rows.required(row, "document", String.class)));
    }

    private static EventPage page(List<Row> rows, long after) {
        List<JobEvent> events =
                rows.stream().flatMap(row -> Stream.ofNullable(row.event())).toList();
        Row any = rows.getFirst();
        long reached = events.isEmpty() ? after : events.getLast().version();
        return new EventPage(events, any.ended() && reached >= any.newest(), events.size() == PAGE);
    }
}
