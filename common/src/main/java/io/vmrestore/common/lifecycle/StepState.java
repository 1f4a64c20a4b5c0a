package io.vmrestore.common.lifecycle;

import io.vmrestore.common.contract.Failure;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.PlanStep;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.RestoreEvent.StepProgressed;
import io.vmrestore.common.contract.StepAddress;
import io.vmrestore.common.contract.StepStatus;
import io.vmrestore.common.contract.WaitingFor;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one step.
 *
 * @param attempt the attempt last commanded, from 1; 0 before the step is ready
 * @param notBefore earliest start of that attempt; null before the step is ready
 * @param requestId the request id that the attempt sends to OpenStack; null before it started
 * @param resources what the attempts so far have made; of a rollback, what it found to remove, and of finalize, what it
 *     has removed
 * @param waitingFor the service that the attempt waits for, as it told last; null if for none
 */
public record StepState(
        PlanStep plan,
        StepStatus status,
        int attempt,
        @Nullable Instant notBefore,
        @Nullable String requestId,
        Map<String, Object> detail,
        List<Resource> resources,
        @Nullable Failure error,
        @Nullable Instant startedAt,
        @Nullable Instant completedAt,
        @Nullable WaitingFor waitingFor) {

    static StepState planned(PlanStep plan) {
        return new StepState(plan, StepStatus.PENDING, 0, null, null, Map.of(), List.of(), null, null, null, null);
    }

    public int stepOrder() {
        return plan.stepOrder();
    }

    /** The attempt last commanded, as one of the steps of that restore. */
    public StepAddress addressIn(JobState job) {
        return new StepAddress(job.jobId(), job.vmId(), job.request().projectId(), stepOrder(), plan.action(), attempt);
    }

    /** Whether an executor was asked and has not given its last answer. */
    public boolean inFlight() {
        return attempt > 0 && !status.terminal();
    }

    /**
     * The id of what later steps need of this one; the last one, should an earlier attempt have made another that was
     * given up.
     */
    public @Nullable String made() {
        ResourceType type = plan.action().makes();
        List<Resource> made =
                resources.stream().filter(resource -> resource.type() == type).toList();
        return made.isEmpty() ? null : made.getLast().id();
    }

    /** What looks like this step's work and is not proven to be, as the audit told it. */
    public List<String> notProven() {
        return texts(detail.get(StepProgressed.NOT_PROVEN));
    }

    /** With these in the place of what was told to look like its work before. */
    StepState withNotProven(List<String> texts) {
        return progressed(List.of(), Map.of(StepProgressed.NOT_PROVEN, texts));
    }

    static List<String> texts(@Nullable Object detail) {
        return detail instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    StepState ready(Instant time) {
        return new StepState(
                plan, status, 1, time, requestId, detail, resources, error, startedAt, completedAt, waitingFor);
    }

    StepState started(StepAddress step, Instant time) {
        Instant began = startedAt == null ? time : startedAt;
        return new StepState(
                plan,
                StepStatus.RUNNING,
                attempt,
                notBefore,
                step.requestId(),
                detail,
                resources,
                error,
                began,
                null,
                null);
    }

    StepState progressed(List<Resource> made, Map<String, Object> news) {
        return new StepState(
                plan,
                status,
                attempt,
                notBefore,
                requestId,
                merge(detail, news),
                merge(resources, made),
                error,
                startedAt,
                completedAt,
                waitingFor);
    }

    /** Waiting for this service, or for none any more. */
    StepState waitingFor(@Nullable WaitingFor service) {
        return new StepState(
                plan, status, attempt, notBefore, requestId, detail, resources, error, startedAt, completedAt, service);
    }

    /** With what was made by an earlier attempt, as it turns out: it is not what later steps go on with. */
    StepState madeBefore(List<Resource> late) {
        return withResources(merge(late, resources));
    }

    /** With these as what was made last, whatever earlier attempts have told and in which order. */
    StepState madeLast(List<Resource> named) {
        List<Resource> others =
                resources.stream().filter(resource -> !named.contains(resource)).toList();
        return withResources(merge(others, named));
    }

    private StepState withResources(List<Resource> all) {
        return new StepState(
                plan, status, attempt, notBefore, requestId, detail, all, error, startedAt, completedAt, waitingFor);
    }

    StepState completed(Instant time) {
        Instant began = startedAt == null ? time : startedAt;
        return new StepState(
                plan, StepStatus.COMPLETED, attempt, notBefore, requestId, detail, resources, null, began, time, null);
    }

    StepState failed(Failure failure, Instant time) {
        Instant began = startedAt == null ? time : startedAt;
        return new StepState(
                plan, StepStatus.FAILED, attempt, notBefore, requestId, detail, resources, failure, began, time, null);
    }

    StepState retrying(Failure failure, Instant earliest) {
        return new StepState(
                plan,
                StepStatus.PENDING,
                attempt + 1,
                earliest,
                requestId,
                detail,
                resources,
                failure,
                startedAt,
                null,
                null);
    }

    StepState skipped() {
        return new StepState(plan, StepStatus.SKIPPED, attempt, null, null, detail, resources, null, null, null, null);
    }

    /** Whether its last attempt ended because it was told to stop. */
    public boolean wasStopped() {
        return status == StepStatus.FAILED && error != null && error.kind() == FailureKind.STOPPED;
    }

    /** As one that was begun and is not to be carried out any more. */
    StepState stopped() {
        return new StepState(
                plan,
                StepStatus.SKIPPED,
                attempt,
                notBefore,
                requestId,
                detail,
                resources,
                null,
                startedAt,
                completedAt,
                null);
    }

    private static Map<String, Object> merge(Map<String, Object> known, Map<String, Object> news) {
        if (news.isEmpty()) {
            return known;
        }
        Map<String, Object> merged = new LinkedHashMap<>(known);
        merged.putAll(news);
        return merged;
    }

    private static List<Resource> merge(List<Resource> known, List<Resource> made) {
        Set<Resource> merged = new LinkedHashSet<>(known);
        merged.addAll(made);
        return List.copyOf(merged);
    }
}
