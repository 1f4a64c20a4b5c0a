package io.vmrestore.status.store;

import static io.vmrestore.status.store.Column.json;
import static io.vmrestore.status.store.Column.plain;
import static io.vmrestore.status.store.Column.text;
import static io.vmrestore.status.store.Column.time;

import io.vmrestore.common.codec.Json;
import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.Failure;
import io.vmrestore.common.contract.PlanStep;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.StepStatus;
import io.vmrestore.common.lifecycle.StepState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The table {@code restore_job_steps}. */
final class StepTable {

    /** A step to be written, with the version of its restore with which it changed. */
    record ChangedStep(UUID jobId, long version, StepState step) {}

    /** A step as the database writes rows in JSON. */
    private record StoredStep(
            int stepOrder,
            Action action,
            StepStatus status,
            Map<String, Object> detailJson,
            @Nullable Instant startedAt,
            @Nullable Instant completedAt,
            List<Integer> dependsOn,
            @Nullable Integer nic,
            @Nullable Integer undoes,
            int maxAttempts,
            long timeoutSeconds,
            int attempt,
            @Nullable Instant notBefore,
            @Nullable String requestId,
            List<Resource> resources,
            @Nullable Failure error) {

        StepState state() {
            return new StepState(
                    new PlanStep(stepOrder, action, dependsOn, nic, undoes, maxAttempts, timeoutSeconds),
                    status,
                    attempt,
                    notBefore,
                    requestId,
                    detailJson,
                    resources,
                    error,
                    startedAt,
                    completedAt);
        }
    }

    static final Upsert<ChangedStep> UPSERT = Upsert.withSerial(
            "restore_job_steps",
            List.of("job_id", "step_order"),
            List.of(
                    plain("job_id", "uuid", ChangedStep::jobId),
                    plain("step_order", "int", of(StepState::stepOrder)),
                    plain("action", "text", ofPlan(step -> step.action().wireName())),
                    plain("status", "text", of(StepState::status)),
                    json("detail_json", of(StepState::detail)),
                    time("started_at", of(StepState::startedAt)),
                    time("completed_at", of(StepState::completedAt)),
                    plain("version", "bigint", ChangedStep::version),
                    plain("depends_on", "int[]", ofPlan(StepTable::dependsOn)),
                    plain("nic", "int", ofPlan(PlanStep::nic)),
                    plain("undoes", "int", ofPlan(PlanStep::undoes)),
                    plain("max_attempts", "int", ofPlan(PlanStep::maxAttempts)),
                    plain("timeout_seconds", "bigint", ofPlan(PlanStep::timeoutSeconds)),
                    plain("attempt", "int", of(StepState::attempt)),
                    time("not_before", of(StepState::notBefore)),
                    text("request_id", of(StepState::requestId)),
                    json("resources", of(StepState::resources)),
                    json("error", of(StepState::error))));

    /** A value for the list of a SELECT from {@code restore_jobs j}: all steps of the job, in the same snapshot. */
    static final String STEPS_OF_JOB =
            "(SELECT json_agg(s ORDER BY s.step_order) FROM restore_job_steps s WHERE s.job_id = j.id) AS steps";

    private StepTable() {}

    static List<StepState> read(@Nullable String steps) {
        return steps == null
                ? List.of()
                : Stream.of(Json.MAPPER.readValue(steps, StoredStep[].class))
                        .map(StoredStep::state)
                        .toList();
    }

    private static String dependsOn(PlanStep step) {
        return step.dependsOn().stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
    }

    private static <T> Function<ChangedStep, @Nullable T> of(Function<StepState, @Nullable T> part) {
        return changed -> part.apply(changed.step());
    }

    private static <T> Function<ChangedStep, @Nullable T> ofPlan(Function<PlanStep, @Nullable T> part) {
        return changed -> part.apply(changed.step().plan());
    }
}
