package io.vmrestore.status.store;

import io.r2dbc.spi.Readable;
import io.vmrestore.common.codec.Json;
import io.vmrestore.common.contract.Readiness;
import io.vmrestore.common.contract.WarningSeverity;
import io.vmrestore.common.lifecycle.JobState;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The table {@code restore_jobs}: the state of a restore apart from its steps. */
final class JobTable {
    private static final String NAME = "restore_jobs";

    private static final String PLAN = "plan_json";

    private static final String ELIGIBLE = "plan_eligible";

    private static final String SEVERITIES = "plan_severities";

    private static final List<Column> COLUMNS = List.of(
            Column.of("id", "uuid", "/job_id"),
            Column.of("tenant_id", Column.KEY, "/request/project_id"),
            Column.of("vm_id", Column.KEY, "/vm_id"),
            Column.of("snapshot_id", Column.KEY, "/request/restore_point_id"),
            Column.of("mode", "text", "/request/mode"),
            Column.of("status", "text", "/status"),
            Column.of(PLAN, "jsonb", "/plan").setOnce(NAME),
            Column.of("result_json", "jsonb", Outcome.PLACE),
            Column.of("requested_by", Column.KEY, "/request/requested_by"),
            Column.of("created_at", "timestamptz", "/created_at"),
            Column.of("started_at", "timestamptz", "/started_at"),
            Column.of("completed_at", "timestamptz", "/completed_at"),
            Column.of("last_heartbeat", "timestamptz", "/last_heartbeat"),
            Column.of("version", "bigint", "/version"),
            Column.of("project_name", "text", "/plan/project_name").setOnce(NAME),
            Column.of("vm_name", "text", "/plan/server/name").setOnce(NAME),
            Column.of("ip_strategy", "text", "/request/ip_strategy"),
            Column.of("new_vm_name", "text", "/request/new_vm_name"),
            Column.of("restored_vm_name", "text", "/plan/new_name").setOnce(NAME),
            Column.of(ELIGIBLE, "boolean", "/plan/eligible").setOnce(NAME),
            Column.of(SEVERITIES, "jsonb", "/plan/warning_severities").setOnce(NAME),
            Column.of("execution_id", "uuid", "/execution/execution_id"),
            Column.of("executed_by", "text", "/execution/requested_by"),
            Column.of("execution_requested_at", "timestamptz", "/execution/requested_at"),
            Column.of("refused_execution_id", "uuid", "/refusal/execution_id"),
            Column.of("refusal_reason", "text", "/refusal/reason"),
            Column.of("cancelled_by", "text", "/cancellation/requested_by"),
            Column.of("cancel_reason", "text", "/cancellation/reason"),
            Column.of("cancel_requested_at", "timestamptz", "/cancellation/requested_at"),
            Column.of("interrupted_by", "text", "/interruption/requested_by"),
            Column.of("interruption_reason", "text", "/interruption/reason"),
            Column.of("interrupted_at", "timestamptz", "/interruption/at"),
            Column.of("rolling_back", "boolean", "/rolling_back"),
            Column.of("failure", "jsonb", "/failure"),
            Column.of("log_partition", "int", "/folded/partition"),
            Column.of("log_offset", "bigint", "/folded/offset"));

    static final Upsert UPSERT = Upsert.of(NAME, List.of("id"), COLUMNS);

    /**
     * For the list of a SELECT from {@code restore_jobs j}: the row in JSON, as {@link #read} takes it. A plan is many
     * times as large as all the rest and is left out.
     */
    static final String ROW = COLUMNS.stream()
            .map(Column::name)
            .filter(name -> !name.equals(PLAN))
            .map(name -> "'%s', j.%s".formatted(name, name))
            .collect(Collectors.joining(", ", "json_build_object(", ") AS job"));

    private JobTable() {}

    /** What the row of a changed restore holds. */
    static ObjectNode document(JobChange change) {
        ObjectNode document = StoredJson.object(change.after().state());
        document.set("folded", StoredJson.object(change.after().folded()));
        if (change.newPlan() != null) {
            document.set("plan", StoredJson.object(change.newPlan()));
        }
        ObjectNode joined = Outcome.joined(document);
        return switch (change.after().state().status()) {
            case FAILED, CANCELLED, INTERRUPTED ->
                Outcome.ended(joined, created(change.after().state()));
            case PLANNING, PLANNED, PENDING, RUNNING, COMPLETED, DRY_RUN -> joined;
        };
    }

    /** What the steps made; what a rollback or the end of a step removed is still named. */
    private static JsonNode created(JobState job) {
        return Json.MAPPER.valueToTree(job.forwardSteps()
                .filter(step -> !step.plan().action().namesWhatItRemoved())
                .filter(step -> !step.plan().action().pointOfNoReturn())
                .flatMap(step -> step.resources().stream())
                .distinct()
                .toList());
    }

    /** The columns of a row, by their names. */
    static JsonNode columns(Readable row) {
        return Json.MAPPER.readTree(Rows.required(row, "job", String.class));
    }

    /** What the columns tell of the plan; null without one. */
    static @Nullable Readiness readiness(JsonNode columns) {
        JsonNode eligible = columns.path(ELIGIBLE);
        JsonNode severities = columns.path(SEVERITIES);
        return Readiness.of(
                eligible.isBoolean() ? eligible.booleanValue() : null,
                severities.isArray() ? List.of(Json.MAPPER.treeToValue(severities, WarningSeverity[].class)) : null);
    }

    /** The state that the columns hold, with this plan and these steps. */
    static JobState read(JsonNode columns, @Nullable String plan, @Nullable String steps) {
        ObjectNode document = Outcome.parted(Column.document(COLUMNS, columns));
        document.set("plan", plan == null ? document.nullNode() : Json.MAPPER.readTree(plan));
        document.set("steps", StepTable.read(steps));
        return Json.MAPPER.treeToValue(document, JobState.class);
    }
}
