package io.vmrestore.status.store;

import static io.vmrestore.status.store.Column.json;
import static io.vmrestore.status.store.Column.plain;
import static io.vmrestore.status.store.Column.text;
import static io.vmrestore.status.store.Column.time;

import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.lifecycle.JobState;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The columns of the table {@code restore_jobs}: the state of a restore apart from its steps. */
final class JobTable {
    private static final String NAME = "restore_jobs";

    private static final String PLAN = "plan_json";

    private static final List<Column<JobChange>> COLUMNS = List.of(
            plain("id", "uuid", of(JobState::jobId)),
            text("tenant_id", of(job -> job.request().projectId())),
            text("vm_id", of(JobState::vmId)),
            text("snapshot_id", of(job -> job.request().restorePointId())),
            plain("mode", "text", of(job -> job.request().mode())),
            plain("status", "text", of(JobState::status)),
            Column.<JobChange>json(PLAN, JobChange::newPlan).setOnce(NAME),
            json("result_json", of(Outcome::json)),
            text("requested_by", of(job -> job.request().requestedBy())),
            time("created_at", of(JobState::createdAt)),
            time("started_at", of(JobState::startedAt)),
            time("completed_at", of(JobState::completedAt)),
            time("last_heartbeat", of(JobState::lastHeartbeat)),
            plain("version", "bigint", of(JobState::version)),
            text("project_name", ofPlan(Plan::projectName)),
            text("vm_name", ofPlan(plan -> plan.server().name())),
            plain("ip_strategy", "text", of(job -> job.request().ipStrategy())),
            text("new_vm_name", of(job -> job.request().newVmName())),
            text("restored_vm_name", ofPlan(Plan::newName)),
            plain("execution_id", "uuid", ofExecution(JobState.Execution::executionId)),
            text("executed_by", ofExecution(JobState.Execution::requestedBy)),
            time("execution_requested_at", ofExecution(JobState.Execution::requestedAt)),
            plain("refused_execution_id", "uuid", ofRefusal(JobState.Refusal::executionId)),
            text("refusal_reason", ofRefusal(JobState.Refusal::reason)),
            text("cancelled_by", ofCancellation(JobState.Cancellation::requestedBy)),
            text("cancel_reason", ofCancellation(JobState.Cancellation::reason)),
            time("cancel_requested_at", ofCancellation(JobState.Cancellation::requestedAt)),
            text("interrupted_by", ofInterruption(JobState.Interruption::requestedBy)),
            text("interruption_reason", ofInterruption(JobState.Interruption::reason)),
            time("interrupted_at", ofInterruption(JobState.Interruption::at)),
            plain("rolling_back", "boolean", of(JobState::rollingBack)),
            json("failure", of(JobState::failure)),
            plain("log_partition", "int", job -> job.after().folded().partition()),
            plain("log_offset", "bigint", job -> job.after().folded().offset()));

    static final Upsert<JobChange> UPSERT = Upsert.of(NAME, List.of("id"), COLUMNS);

    /** For the list of a SELECT from {@code restore_jobs j}. A plan is many times as large as all the rest. */
    static final String COLUMNS_BUT_PLAN = COLUMNS.stream()
            .map(Column::name)
            .filter(name -> !name.equals(PLAN))
            .map(name -> "j." + name)
            .collect(Collectors.joining(", "));

    private JobTable() {}

    private static <T> Function<JobChange, @Nullable T> of(Function<JobState, @Nullable T> part) {
        return change -> part.apply(change.after().state());
    }

    private static <T> Function<JobChange, @Nullable T> ofPlan(Function<Plan, @Nullable T> part) {
        return of(job -> job.plan() == null ? null : part.apply(job.plan()));
    }

    private static <T> Function<JobChange, @Nullable T> ofExecution(Function<JobState.Execution, @Nullable T> part) {
        return of(job -> job.execution() == null ? null : part.apply(job.execution()));
    }

    private static <T> Function<JobChange, @Nullable T> ofRefusal(Function<JobState.Refusal, @Nullable T> part) {
        return of(job -> job.refusal() == null ? null : part.apply(job.refusal()));
    }

    private static <T> Function<JobChange, @Nullable T> ofCancellation(
            Function<JobState.Cancellation, @Nullable T> part) {
        return of(job -> job.cancellation() == null ? null : part.apply(job.cancellation()));
    }

    private static <T> Function<JobChange, @Nullable T> ofInterruption(
            Function<JobState.Interruption, @Nullable T> part) {
        return of(job -> job.interruption() == null ? null : part.apply(job.interruption()));
    }
}
