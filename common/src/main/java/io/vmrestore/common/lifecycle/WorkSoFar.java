package io.vmrestore.common.lifecycle;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.NicPlan;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.StepInputs;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What one step of a restore can be told of the plan and of what the steps before it have made. */
record WorkSoFar(JobState job, StepState step) implements StepInputs {

    @Override
    public Plan plan() {
        return Objects.requireNonNull(job.plan(), "a job with steps has a plan");
    }

    @Override
    public NicPlan nic() {
        int index = index(step);
        return plan().nics().stream()
                .filter(nic -> nic.index() == index)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The plan has no interface " + index));
    }

    @Override
    public String made(Action by) {
        return required(maker(by));
    }

    @Override
    public List<String> allMade(Action by) {
        return makers(by)
                .sorted(Comparator.comparing(WorkSoFar::index))
                .map(WorkSoFar::required)
                .toList();
    }

    @Override
    public String requestId(Action by) {
        return maker(by).addressIn(job).requestId();
    }

    @Override
    public @Nullable String undone() {
        return undoneStep().made();
    }

    @Override
    public String undoneMark() {
        return undoneStep().addressIn(job).mark();
    }

    private StepState undoneStep() {
        int order = Objects.requireNonNull(step.plan().undoes(), "a rollback step names the step it undoes");
        return job.step(order).orElseThrow(() -> new IllegalStateException("The job has no step " + order));
    }

    private StepState maker(Action action) {
        return makers(action)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The plan has no step " + action.wireName()));
    }

    private Stream<StepState> makers(Action action) {
        return job.forwardSteps().filter(made -> made.plan().action() == action);
    }

    private static int index(StepState step) {
        return Objects.requireNonNull(
                step.plan().nic(), () -> "a " + step.plan().action().wireName() + " step names its interface");
    }

    private static String required(StepState maker) {
        String id = maker.made();
        if (id == null) {
            throw new IllegalStateException("Step " + maker.stepOrder() + " ("
                    + maker.plan().action().wireName() + ") is completed without naming what it made");
        }
        return id;
    }
}
