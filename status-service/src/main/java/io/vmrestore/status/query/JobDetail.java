package io.vmrestore.status.query;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.Failure;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.StepStatus;
import io.vmrestore.common.contract.WaitingFor;
import io.vmrestore.common.lifecycle.JobState;
import io.vmrestore.common.lifecycle.StepState;
import io.vmrestore.status.nextactions.Instruction;
import io.vmrestore.status.nextactions.NextActions;
import io.vmrestore.status.store.JobRecord;
import io.vmrestore.status.store.PublicPlan;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One restore with its plan and steps, as the gateway hands it to clients.
 *
 * @param nextActions the instructions, each as one text
 */
public record JobDetail(
        @JsonUnwrapped JobSummary summary,
        @Nullable JsonNode plan,
        List<Step> steps,
        List<String> nextActions,
        List<Instruction> instructions) {

    /**
     * One step.
     *
     * @param reason why it was skipped; null unless it was
     */
    record Step(
            int stepOrder,
            Action action,
            StepStatus status,
            List<Integer> dependsOn,
            @Nullable Integer nic,
            @Nullable Integer undoes,
            int attempt,
            @Nullable String requestId,
            Map<String, Object> detail,
            List<Resource> resources,
            @Nullable Failure error,
            @Nullable Instant startedAt,
            @Nullable Instant completedAt,
            @Nullable String reason,
            @Nullable WaitingFor waitingFor) {

        static Step of(JobState job, StepState step) {
            return new Step(
                    step.stepOrder(),
                    step.plan().action(),
                    step.status(),
                    step.plan().dependsOn(),
                    step.plan().nic(),
                    step.plan().undoes(),
                    step.attempt(),
                    step.requestId(),
                    step.detail(),
                    step.resources(),
                    step.error(),
                    step.startedAt(),
                    step.completedAt(),
                    SkipReason.of(job, step),
                    step.waitingFor());
        }
    }

    public static JobDetail of(JobRecord job) {
        List<Instruction> instructions = NextActions.of(job.state());
        return new JobDetail(
                JobSummary.of(job),
                PublicPlan.of(job.state().plan()),
                job.state().steps().stream()
                        .map(step -> Step.of(job.state(), step))
                        .toList(),
                instructions.stream().map(Instruction::sentence).toList(),
                instructions);
    }
}
