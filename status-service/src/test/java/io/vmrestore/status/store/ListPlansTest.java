package io.vmrestore.status.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.codec.Json;
import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.status.testing.TestDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import tools.jackson.databind.JsonNode;

/** What PostgreSQL's planner makes of the list of restores in a table with many rows. */
class ListPlansTest {
    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final Instant MIDDLE = Instant.parse("2026-06-01T00:00:00Z");

    @BeforeAll
    static void manyRestores() {
        DATABASE.execute("""
            INSERT INTO restore_jobs (id, tenant_id, vm_id, snapshot_id, mode, status, requested_by, created_at,
                last_heartbeat, version, ip_strategy, rolling_back, log_partition, log_offset)
            SELECT gen_random_uuid(), 'tenant-' || n % 100, 'vm-' || n % 100, 'snapshot',
                CASE n % 100 WHEN 0 THEN 'REPLACE' ELSE 'NEW' END,
                CASE n % 100 WHEN 1 THEN 'FAILED' ELSE 'COMPLETED' END,
                'user-' || n % 100, timestamptz '2026-01-01' + n * interval '15 minutes', now(), 1, 'NEW_IPS', false, 0, n
            FROM generate_series(1, 30000) n;
            ANALYZE restore_jobs;
            """);
    }

    static Stream<Arguments> filters() {
        return Stream.of(
                Arguments.of("restore_jobs_newest", filter(null, null, null, null, null, null, null)),
                Arguments.of("restore_jobs_newest", filter(null, null, null, null, null, MIDDLE, null)),
                Arguments.of("restore_jobs_newest", filter(null, null, null, null, null, null, MIDDLE)),
                Arguments.of("restore_jobs_by_status", filter(JobStatus.FAILED, null, null, null, null, null, null)),
                Arguments.of("restore_jobs_by_vm", filter(null, "vm-7", null, null, null, null, null)),
                Arguments.of("restore_jobs_by_tenant", filter(null, null, "tenant-7", null, null, null, null)),
                Arguments.of("restore_jobs_by_mode", filter(null, null, null, RestoreMode.REPLACE, null, null, null)),
                Arguments.of("restore_jobs_by_requester", filter(null, null, null, null, "user-7", null, null)));
    }

    @ParameterizedTest
    @MethodSource("filters")
    void everyFilterIsServedByItsIndexInTheOrderOfThePages(String index, JobFilter filter) {
        for (PagePosition after : new @Nullable PagePosition[] {null, new PagePosition(MIDDLE, new UUID(1, 1))}) {
            JsonNode plan = plan(JobReader.page(filter, after, 51));
            assertThat(plan.findValuesAsString("Index Name"))
                    .as(plan.toPrettyString())
                    .contains(index);
            assertThat(nodesOn(plan, "restore_jobs"))
                    .as(plan.toPrettyString())
                    .isNotEmpty()
                    .allMatch(node -> node.equals("Index Scan"));
            // The index brings the rows in order; only as many as the page needs are read.
            assertThat(plan.findValuesAsString("Node Type"))
                    .as(plan.toPrettyString())
                    .contains("Limit")
                    .doesNotContain("Incremental Sort", "Bitmap Heap Scan");
            assertThat(sortsBelowTheLimit(plan)).as(plan.toPrettyString()).isFalse();
        }
    }

    private static JsonNode plan(JobReader.Question question) {
        GenericExecuteSpec explain = DATABASE.client().sql("EXPLAIN (FORMAT JSON) " + question.sql());
        for (int index = 0; index < question.values().size(); index++) {
            explain = explain.bind(index, question.values().get(index));
        }
        return Json.MAPPER.readTree(Objects.requireNonNull(
                explain.map(row -> row.get(0, String.class)).one().block()));
    }

    private static List<String> nodesOn(JsonNode plan, String table) {
        return plan.findParents("Relation Name").stream()
                .filter(node -> node.get("Relation Name").asString().equals(table))
                .map(node -> node.get("Node Type").asString())
                .toList();
    }

    private static boolean sortsBelowTheLimit(JsonNode plan) {
        return plan.findParents("Node Type").stream()
                .filter(node -> node.get("Node Type").asString().equals("Limit"))
                .flatMap(limit -> limit.findValuesAsString("Node Type").stream())
                .anyMatch(type -> type.contains("Sort"));
    }

    private static JobFilter filter(
            @Nullable JobStatus status,
            @Nullable String vmId,
            @Nullable String projectId,
            @Nullable RestoreMode mode,
            @Nullable String requestedBy,
            @Nullable Instant createdAfter,
            @Nullable Instant createdBefore) {
        return new JobFilter(
                status == null ? Set.of() : Set.of(status),
                vmId,
                projectId,
                mode,
                requestedBy,
                createdAfter,
                createdBefore);
    }
}
