package io.vmrestore.status.requests;

import io.r2dbc.spi.Readable;
import io.vmrestore.common.codec.Json;
import io.vmrestore.status.query.JobDetail;
import io.vmrestore.status.requests.Admission.Accepted;
import io.vmrestore.status.store.JobReader;
import io.vmrestore.status.store.JobRecord;
import io.vmrestore.status.store.StoredValue;
import io.vmrestore.support.access.Permission;
import io.vmrestore.support.access.Reach;
import io.vmrestore.support.api.AdmissionAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Lets requests in: claims, counts and reads the job in one statement, so that everything is of one moment. */
@Component
class AdmissionStore {
    /** Beyond it the database does not answer. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    /** The first parameters are those of {@link ClaimStore}; the key is empty where nothing is to be remembered. */
    private static final String SQL = "WITH " + ClaimStore.EXPIRED + """
            , place AS (
                SELECT coalesce($7::text, (SELECT tenant_id FROM restore_jobs WHERE id = $8::uuid)) AS project),
            accepted AS (
                SELECT coalesce(a.execution_id, a.job_id) AS id, coalesce(a.project_id, j.tenant_id) AS project,
                       a.execution_id IS NULL OR j.id IS NOT NULL AS known,
                       j.id IS NOT NULL AND (a.execution_id IS NULL
                                             OR j.status NOT IN ('PLANNING', 'PLANNED')
                                             OR j.refused_execution_id IS NOT DISTINCT FROM a.execution_id) AS shown
                FROM unnest($9::uuid[], $10::uuid[], $11::text[]) AS a(job_id, execution_id, project_id)
                LEFT JOIN restore_jobs j ON j.id = a.job_id),
            counted AS (
                SELECT tenant_id AS project, count(*) AS number FROM restore_jobs
                WHERE status IN ('PLANNING', 'PENDING', 'RUNNING') GROUP BY tenant_id
                UNION ALL SELECT project, 1 FROM accepted WHERE known AND NOT shown
                UNION ALL SELECT project, number FROM unnest($12::text[], $13::bigint[]) AS others(project, number)),
            room AS (
                SELECT total, in_project,
                       total < $14 AND in_project < $15 AND ($8::uuid IS NULL OR EXISTS (
                           SELECT 1 FROM restore_jobs WHERE id = $8::uuid AND status = 'PLANNED')) AS free
                FROM (SELECT coalesce(sum(number), 0)::bigint AS total,
                             coalesce(sum(number) FILTER (WHERE project = (SELECT project FROM place)), 0)::bigint
                                 AS in_project
                      FROM counted) AS counts),
            claimed AS (
            """
            + ClaimStore.insert("SELECT $1, $2, $3, $4, $5, $6, room.free FROM room WHERE $2 <> ''", "digest") + """
            )
            SELECT coalesce(claimed.digest, $3) AS claim_digest, coalesce(claimed.subject_id, $4) AS claim_subject_id,
                   coalesce(claimed.claimed_at, $5) AS claim_claimed_at,
                   coalesce(claimed.expires_at, $6) AS claim_expires_at,
                   coalesce(claimed.admitted, room.free) AS claim_admitted, room.total, room.in_project,
                   ARRAY(SELECT id FROM accepted WHERE shown) AS shown_requests, j.id AS job_id,
            """
            + JobReader.WHOLE + """
             FROM room LEFT JOIN claimed ON true
             LEFT JOIN restore_jobs j ON j.id = coalesce($8::uuid, claimed.subject_id, $4)
            """ + JobReader.PROGRESS;

    private final DatabaseClient database;

    AdmissionStore(DatabaseClient database) {
        this.database = database;
    }

    /**
     * What the request stands for, and whether it is let in. A job that the caller does not see is none, and one in
     * whose project they may not change anything is not let in.
     */
    Mono<AdmissionAnswer> admit(String caller, Admission wanted, Reach reach) {
        Claim claim = wanted.claim();
        List<String> projects = List.copyOf(wanted.others().keySet());
        DatabaseClient.GenericExecuteSpec statement = database.sql(SQL)
                .bind(0, StoredValue.key(caller))
                .bind(1, StoredValue.key(claim.key()))
                .bind(2, claim.digest())
                .bind(3, claim.subjectId())
                .bind(4, StoredValue.time(claim.claimedAt()))
                .bind(5, StoredValue.time(claim.expiresAt()))
                .bind(8, column(wanted, Accepted::jobId, UUID[]::new))
                .bind(9, column(wanted, Accepted::executionId, UUID[]::new))
                .bind(10, column(wanted, accepted -> stored(accepted.projectId()), String[]::new))
                .bind(11, projects.stream().map(StoredValue::key).toArray(String[]::new))
                .bind(
                        12,
                        projects.stream()
                                .map(project -> Long.valueOf(wanted.others().getOrDefault(project, 0)))
                                .toArray(Long[]::new))
                .bind(13, (long) wanted.limits().active())
                .bind(14, (long) wanted.limits().activePerProject());
        statement = bound(statement, 6, stored(wanted.projectId()), String.class);
        statement = bound(statement, 7, wanted.planId(), UUID.class);
        return statement.map(row -> read(row, wanted, reach)).one().timeout(LIMIT);
    }

    private static @Nullable String stored(@Nullable String project) {
        return project == null ? null : StoredValue.key(project);
    }

    private static <T> T[] column(
            Admission wanted, Function<Accepted, @Nullable T> value, java.util.function.IntFunction<T[]> array) {
        return wanted.accepted().stream().map(value).toArray(array);
    }

    private static <T> DatabaseClient.GenericExecuteSpec bound(
            DatabaseClient.GenericExecuteSpec statement, int index, @Nullable T value, Class<T> type) {
        return value == null ? statement.bindNull(index, type) : statement.bind(index, value);
    }

    private static AdmissionAnswer read(Readable row, Admission wanted, Reach reach) {
        Optional<JobRecord> job = Optional.ofNullable(row.get("job_id", UUID.class))
                .map(_ -> JobReader.whole(row))
                .filter(found -> reach.sees(found.projectId()));
        boolean mayChange = wanted.planId() == null
                || job.filter(found -> reach.may(Permission.WRITE, found.projectId()))
                        .isPresent();
        Claim held = ClaimStore.read(row, "claim_", wanted.claim().key());
        return new AdmissionAnswer(
                held.told(),
                job.map(AdmissionStore::document).orElse(null),
                held.admitted() && mayChange,
                ClaimStore.required(row, "total", Long.class),
                ClaimStore.required(row, "in_project", Long.class),
                Set.copyOf(List.of(ClaimStore.required(row, "shown_requests", UUID[].class))));
    }

    private static ObjectNode document(JobRecord job) {
        return Json.MAPPER.valueToTree(JobDetail.of(job));
    }
}
