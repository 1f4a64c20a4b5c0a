package io.vmrestore.status.store;

import io.r2dbc.spi.Readable;
import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.support.access.Reach;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/**
 * Answers questions about restores from the tables, to each caller about what they see: the rest is as if it were not
 * there. Every answer is of one moment, because it is one statement's.
 */
@Component
public class JobReader {
    /** Beyond it the database does not answer. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    /** Joins the progress to {@code restore_jobs j}. */
    public static final String PROGRESS = """
         LEFT JOIN LATERAL (
            SELECT count(*) AS total_steps,
                   count(*) FILTER (WHERE s.status = 'COMPLETED') AS completed_steps,
                   array_agg(s.action ORDER BY s.step_order) FILTER (WHERE s.status = 'RUNNING') AS running
            FROM restore_job_steps s WHERE s.job_id = j.id) progress ON true
        """;

    private static final String SUMMARY =
            "progress.*, coalesce(j.unreadable_events, 0) AS unreadable_events, " + JobTable.ROW;

    /** For the list of a SELECT from {@code restore_jobs j} with {@link #PROGRESS}: what {@link #whole} reads. */
    public static final String WHOLE = SUMMARY + ", j.plan_json, " + StepTable.STEPS_OF_JOB;

    private final DatabaseClient database;

    JobReader(DatabaseClient database) {
        this.database = database;
    }

    /** One restore with plan and steps; empty if there is none with this id that the caller sees. */
    public Mono<JobRecord> find(UUID jobId, Reach reach) {
        return database.sql("SELECT " + WHOLE + " FROM restore_jobs j" + PROGRESS + " WHERE j.id = $1")
                .bind(0, jobId)
                .map(JobReader::whole)
                .one()
                .filter(job -> reach.sees(job.projectId()))
                .timeout(LIMIT);
    }

    /** What is needed to see whether a restore has come as far as somebody waits for; empty as {@link #find} is. */
    public Mono<Standing> standing(UUID jobId, Reach reach) {
        return database.sql("SELECT tenant_id, status, version, execution_id, refused_execution_id"
                        + " FROM restore_jobs WHERE id = $1")
                .bind(0, jobId)
                .map(row -> new Standing(
                        Rows.required(row, "tenant_id", String.class),
                        JobStatus.valueOf(Rows.required(row, "status", String.class)),
                        Rows.required(row, "version", Long.class),
                        row.get("execution_id", UUID.class),
                        row.get("refused_execution_id", UUID.class)))
                .one()
                .filter(job -> reach.sees(job.projectId()))
                .timeout(LIMIT);
    }

    /**
     * The newest restores that pass a filter and that the caller sees, without plan and steps.
     *
     * @param after the last one of the page before; null for the first page
     */
    public Mono<List<JobRecord>> list(JobFilter filter, Reach reach, @Nullable PagePosition after, int limit) {
        return Mono.justOrEmpty(filter.within(reach))
                .flatMap(seen -> list(page(seen, after, limit)))
                .defaultIfEmpty(List.of());
    }

    private Mono<List<JobRecord>> list(Question question) {
        return bound(question)
                .map(row -> read(row, null, null))
                .all()
                .collectList()
                .timeout(LIMIT);
    }

    /** SQL and the values of its parameters. */
    record Question(String sql, List<Object> values) {}

    static Question page(JobFilter filter, @Nullable PagePosition after, int limit) {
        List<Object> values = new ArrayList<>();
        String where = where(filter, values);
        if (after != null) {
            where += (where.isEmpty() ? " WHERE " : " AND ")
                    + "(j.created_at, j.id) < ($%d, $%d)".formatted(values.size() + 1, values.size() + 2);
            values.add(after.createdAt());
            values.add(after.jobId());
        }
        String page = "(SELECT * FROM restore_jobs j" + where + " ORDER BY j.created_at DESC, j.id DESC LIMIT " + limit
                + ") j";
        return new Question(
                "SELECT " + SUMMARY + " FROM " + page + PROGRESS + " ORDER BY j.created_at DESC, j.id DESC", values);
    }

    /** How many restores pass a filter that the caller sees. */
    public Mono<Long> count(JobFilter filter, Reach reach) {
        return Mono.justOrEmpty(filter.within(reach)).flatMap(this::count).defaultIfEmpty(0L);
    }

    private Mono<Long> count(JobFilter filter) {
        List<Object> values = new ArrayList<>();
        String where = where(filter, values);
        return bound(new Question("SELECT count(*) AS count FROM restore_jobs j" + where, values))
                .map(row -> Rows.required(row, "count", Long.class))
                .one()
                .timeout(LIMIT);
    }

    private DatabaseClient.GenericExecuteSpec bound(Question question) {
        DatabaseClient.GenericExecuteSpec statement = database.sql(question.sql());
        for (int index = 0; index < question.values().size(); index++) {
            statement = statement.bind(index, question.values().get(index));
        }
        return statement;
    }

    private static String where(JobFilter filter, List<Object> values) {
        String conditions = filter.conditions().stream()
                .map(condition -> {
                    values.add(condition.value());
                    return condition.sql().formatted(values.size());
                })
                .collect(Collectors.joining(" AND "));
        return conditions.isEmpty() ? "" : " WHERE " + conditions;
    }

    /** One restore with plan and steps from a row with the columns of {@link #WHOLE}. */
    public static JobRecord whole(Readable row) {
        return read(row, row.get("plan_json", String.class), row.get("steps", String.class));
    }

    private static JobRecord read(Readable row, @Nullable String plan, @Nullable String steps) {
        JsonNode columns = JobTable.columns(row);
        String[] running = row.get("running", String[].class);
        return new JobRecord(
                JobTable.read(columns, plan, steps),
                columns.path("project_name").stringValue(null),
                columns.path("vm_name").stringValue(null),
                columns.path("restored_vm_name").stringValue(null),
                JobTable.readiness(columns),
                Rows.required(row, "unreadable_events", Integer.class),
                Progress.of(
                        Rows.required(row, "total_steps", Long.class).intValue(),
                        Rows.required(row, "completed_steps", Long.class).intValue(),
                        running == null ? List.of() : List.of(running)));
    }
}
