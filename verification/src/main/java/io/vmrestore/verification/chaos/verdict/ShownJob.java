package io.vmrestore.verification.chaos.verdict;

import io.vmrestore.common.codec.Json;
import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.Failure;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.common.contract.RestoreResult;
import io.vmrestore.common.contract.StepStatus;
import io.vmrestore.common.lifecycle.JobState;
import io.vmrestore.common.lifecycle.StepState;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What {@code GET /restore/jobs/ID} is to show of a job, computed from its events instead of the tables. */
record ShownJob(
        UUID jobId,
        String projectId,
        String vmId,
        String snapshotId,
        RestoreMode mode,
        IpStrategy ipStrategy,
        JobStatus status,
        long version,
        String requestedBy,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant completedAt,
        Instant lastHeartbeat,
        JobState.@Nullable Execution execution,
        JobState.@Nullable Refusal refusal,
        JobState.@Nullable Cancellation cancellation,
        JobState.@Nullable Interruption interruption,
        @Nullable Failure failure,
        @Nullable RestoreResult result,
        List<Resource> leftovers,
        @Nullable JsonNode plan,
        List<ShownStep> steps) {
    /** The tables keep microseconds. */
    private static final Duration SAME_TIME = Duration.ofMillis(1);

    /** The same of a step. */
    record ShownStep(
            int stepOrder,
            Action action,
            StepStatus status,
            List<Integer> dependsOn,
            int attempt,
            @Nullable String requestId,
            Map<String, Object> detail,
            List<Resource> resources,
            @Nullable Failure error,
            @Nullable Instant startedAt,
            @Nullable Instant completedAt) {

        static ShownStep of(StepState step) {
            return new ShownStep(
                    step.stepOrder(),
                    step.plan().action(),
                    step.status(),
                    step.plan().dependsOn(),
                    step.attempt(),
                    step.requestId(),
                    step.detail(),
                    step.resources(),
                    step.error(),
                    step.startedAt(),
                    step.completedAt());
        }
    }

    static ShownJob of(JobState state) {
        return new ShownJob(
                state.jobId(),
                state.request().projectId(),
                state.vmId(),
                state.request().restorePointId(),
                state.request().mode(),
                state.request().ipStrategy(),
                state.status(),
                state.version(),
                state.request().requestedBy(),
                state.createdAt(),
                state.startedAt(),
                state.completedAt(),
                state.lastHeartbeat(),
                state.execution(),
                state.refusal(),
                state.cancellation(),
                state.interruption(),
                state.failure(),
                state.result(),
                state.leftovers(),
                ShownPlan.of(state.plan()),
                state.steps().stream().map(ShownStep::of).toList());
    }

    /** Where what is shown differs, and how; fields that are shown besides are not looked at. */
    List<String> differences(JsonNode shown) {
        List<String> found = new ArrayList<>();
        compare("", Json.MAPPER.valueToTree(this), shown, found);
        return found;
    }

    private static void compare(String path, JsonNode expected, JsonNode shown, List<String> found) {
        if (expected.isObject() && shown.isObject()) {
            expected.properties()
                    .forEach(field ->
                            compare(path + "/" + field.getKey(), field.getValue(), shown.path(field.getKey()), found));
        } else if (expected.isArray() && shown.isArray() && expected.size() == shown.size()) {
            for (int index = 0; index < expected.size(); index++) {
                compare(path + "/" + index, expected.get(index), shown.get(index), found);
            }
        } else if (!same(expected, shown)) {
            found.add(path + " is " + shown + " and should be " + expected);
        }
    }

    private static boolean same(JsonNode expected, JsonNode shown) {
        if (expected.isNumber() && shown.isNumber()) {
            return expected.decimalValue().compareTo(shown.decimalValue()) == 0;
        }
        if (expected.equals(shown)) {
            return true;
        }
        Optional<Instant> one = time(expected);
        Optional<Instant> other = time(shown);
        return one.isPresent()
                && other.isPresent()
                && Duration.between(one.get(), other.get()).abs().compareTo(SAME_TIME) < 0;
    }

    private static Optional<Instant> time(JsonNode node) {
        try {
            return node.isString() ? Optional.of(Instant.parse(node.asString())) : Optional.empty();
        } catch (DateTimeParseException noTime) {
            return Optional.empty();
        }
    }
}
