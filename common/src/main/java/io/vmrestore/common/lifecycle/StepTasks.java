package io.vmrestore.common.lifecycle;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.NicPlan;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.common.contract.StepTask;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Gathers for one step what it needs of the plan and of the steps before it. */
final class StepTasks {
    private StepTasks() {}

    static StepTask task(JobState job, StepState step) {
        Plan plan = Objects.requireNonNull(job.plan(), "a job with steps has a plan");
        return switch (step.plan().action()) {
            case VALIDATE -> new StepTask.Validate(plan.withoutUserData());
            case CHECK_QUOTA -> new StepTask.CheckQuota(plan.quota());
            case CREATE_VOLUME ->
                new StepTask.CreateVolume(
                        plan.volumeName(),
                        plan.server().id(),
                        plan.restorePoint(),
                        plan.server().bootVolume());
            case DELETE_SERVER -> new StepTask.DeleteServer(plan.server(), plan.nics(), plan.ipStrategy());
            case CREATE_PORT ->
                new StepTask.CreatePort(
                        plan.newName(),
                        nic(plan, step),
                        plan.ipStrategy(),
                        plan.mode() == RestoreMode.REPLACE ? plan.server().id() : null);
            case CREATE_SERVER ->
                new StepTask.CreateServer(
                        plan.newName(),
                        plan.server(),
                        plan.restorePoint(),
                        made(job, Action.CREATE_VOLUME, ResourceType.VOLUME),
                        ports(job),
                        plan.userData());
            case WAIT_ACTIVE -> {
                StepState maker = maker(job, Action.CREATE_SERVER);
                yield new StepTask.WaitActive(
                        required(maker.made(ResourceType.SERVER), maker),
                        maker.addressIn(job).requestId());
            }
            case FINALIZE ->
                new StepTask.Finalize(
                        plan.withoutUserData(),
                        made(job, Action.CREATE_SERVER, ResourceType.SERVER),
                        made(job, Action.CREATE_VOLUME, ResourceType.VOLUME),
                        ports(job));
            case ROLLBACK_SERVER ->
                new StepTask.RollbackServer(
                        undone(job, step).made(ResourceType.SERVER),
                        mark(job, step),
                        plan.server().keyFingerprint());
            case ROLLBACK_PORT -> new StepTask.RollbackPort(undone(job, step).made(ResourceType.PORT), mark(job, step));
            case ROLLBACK_VOLUME ->
                new StepTask.RollbackVolume(undone(job, step).made(ResourceType.VOLUME), mark(job, step));
        };
    }

    private static NicPlan nic(Plan plan, StepState step) {
        int index = Objects.requireNonNull(step.plan().nic(), "a create_port step names its interface");
        return plan.nics().stream()
                .filter(nic -> nic.index() == index)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The plan has no interface " + index));
    }

    private static List<String> ports(JobState job) {
        return job.forwardSteps()
                .filter(step -> step.plan().action() == Action.CREATE_PORT)
                .sorted(Comparator.comparing(
                        step -> Objects.requireNonNull(step.plan().nic(), "a create_port step names its interface")))
                .map(step -> required(step.made(ResourceType.PORT), step))
                .toList();
    }

    private static String made(JobState job, Action action, ResourceType type) {
        StepState maker = maker(job, action);
        return required(maker.made(type), maker);
    }

    private static StepState maker(JobState job, Action action) {
        return job.forwardSteps()
                .filter(step -> step.plan().action() == action)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The plan has no step " + action.wireName()));
    }

    private static StepState undone(JobState job, StepState step) {
        int order = Objects.requireNonNull(step.plan().undoes(), "a rollback step names the step it undoes");
        return job.step(order).orElseThrow(() -> new IllegalStateException("The job has no step " + order));
    }

    private static String mark(JobState job, StepState step) {
        return undone(job, step).addressIn(job).mark();
    }

    private static String required(@Nullable String id, StepState step) {
        if (id == null) {
            throw new IllegalStateException("Step " + step.stepOrder() + " ("
                    + step.plan().action().wireName() + ") is completed without naming what it made");
        }
        return id;
    }
}
