package io.vmrestore.common.lifecycle;

import io.vmrestore.common.contract.Failure;
import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.PlanStep;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.RestoreResult;
import io.vmrestore.common.contract.StepStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Assembles the state that follows when one event is applied to a {@link JobState}. */
final class JobBuilder {
    private final JobState before;
    private final Instant time;
    private JobStatus status;
    private @Nullable Plan plan;
    private JobState.@Nullable Execution execution;
    private JobState.@Nullable Refusal refusal;
    private JobState.@Nullable Cancellation cancellation;
    private JobState.@Nullable Interruption interruption;
    private List<StepState> steps;
    private boolean rollingBack;
    private @Nullable Failure failure;
    private @Nullable RestoreResult result;
    private List<Resource> leftovers;
    private @Nullable Instant startedAt;
    private @Nullable Instant completedAt;

    private JobBuilder(JobState before, Instant time) {
        this.before = before;
        this.time = time;
        status = before.status();
        plan = before.plan();
        execution = before.execution();
        refusal = before.refusal();
        cancellation = before.cancellation();
        interruption = before.interruption();
        steps = before.steps();
        rollingBack = before.rollingBack();
        failure = before.failure();
        result = before.result();
        leftovers = before.leftovers();
        startedAt = before.startedAt();
        completedAt = before.completedAt();
    }

    /** Begins the state after the event of this case. */
    static JobBuilder after(Outcome.Case<?> it) {
        return new JobBuilder(it.job(), it.event().time());
    }

    JobBuilder plan(Plan created) {
        plan = created;
        steps = created.steps().stream().map(StepState::planned).toList();
        return this;
    }

    JobBuilder requested(JobState.Execution requested) {
        execution = requested;
        refusal = null;
        return this;
    }

    JobBuilder refused(JobState.Refusal refused) {
        execution = null;
        refusal = refused;
        return this;
    }

    JobBuilder started() {
        startedAt = time;
        return this;
    }

    JobBuilder cancelling(JobState.Cancellation requested) {
        cancellation = requested;
        return this;
    }

    JobBuilder interrupted(JobState.Interruption ending) {
        interruption = ending;
        return this;
    }

    JobBuilder failed(Failure reason) {
        // The first error is the one an operator needs; what fails afterwards is shown at its step.
        if (failure == null) {
            failure = reason;
        }
        return this;
    }

    JobBuilder rollback(List<PlanStep> added) {
        List<StepState> all = new ArrayList<>(steps);
        added.stream().map(StepState::planned).forEach(all::add);
        steps = List.copyOf(all);
        rollingBack = true;
        return this;
    }

    JobBuilder step(StepState changed) {
        return steps(step -> step.stepOrder() == changed.stepOrder() ? changed : step);
    }

    JobBuilder result(RestoreResult made) {
        result = made;
        return this;
    }

    /** Adds to what is left, or may be: nobody uses it, as far as is known. */
    JobBuilder left(List<Resource> more) {
        Set<Resource> all = new LinkedHashSet<>(more);
        all.addAll(leftovers);
        leftovers = List.copyOf(all);
        return this;
    }

    /** What the attempt at work names is in its hands, also if an earlier attempt named it late. */
    JobBuilder claimed(List<Resource> named) {
        leftovers = leftovers.stream()
                .filter(left -> named.stream().noneMatch(left::same))
                .toList();
        return this;
    }

    /** Goes to the status that the table names. */
    JobBuilder moved(JobStatus to) {
        if (to.terminal() && status != to) {
            completedAt = time;
        }
        status = to;
        return this;
    }

    JobState build() {
        JobState after = state();
        if (status != JobStatus.RUNNING) {
            return after;
        }
        boolean stopping = after.stopping();
        steps(step -> {
            boolean wanted = step.plan().action().rollback() ? rollingBack : !stopping;
            boolean ready =
                    wanted && step.status() == StepStatus.PENDING && step.attempt() == 0 && after.dependenciesMet(step);
            return ready ? step.ready(time) : step;
        });
        return state();
    }

    private JobBuilder steps(UnaryOperator<StepState> change) {
        steps = steps.stream().map(change).toList();
        return this;
    }

    private JobState state() {
        Instant heartbeat = time.isAfter(before.lastHeartbeat()) ? time : before.lastHeartbeat();
        return new JobState(
                before.jobId(),
                before.vmId(),
                before.version() + 1,
                status,
                before.request(),
                plan,
                execution,
                refusal,
                cancellation,
                interruption,
                steps,
                rollingBack,
                failure,
                result,
                leftovers,
                before.createdAt(),
                startedAt,
                completedAt,
                heartbeat);
    }
}
