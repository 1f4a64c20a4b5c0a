package io.vmrestore.common.lifecycle;

import static io.vmrestore.common.lifecycle.Events.planned;
import static io.vmrestore.common.lifecycle.Events.requested;
import static io.vmrestore.common.lifecycle.Story.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.PlanStep;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanCheckTest {

    @Test
    void aPlanThatCanBeFollowedHasNoProblem() {
        assertThat(PlanCheck.problem(Plans.ofNew(0))).isEmpty();
        assertThat(PlanCheck.problem(Plans.ofNew(3))).isEmpty();
    }

    @Test
    void aPlanThatMayNotBeExecutedNeedsNoSteps() {
        assertThat(PlanCheck.problem(Plans.notEligible("quota"))).isEmpty();
    }

    @Test
    void aPlanThatCannotBeFollowedIsIllegal() {
        given(requested())
                .when(planned(Plans.withSteps(1, List.of())))
                .thenIllegal("the plan must have exactly one step create_volume");
    }

    @Test
    void whatIsWrongIsNamed() {
        assertProblem(
                replaced(PlanStep.of(3, Action.CREATE_VOLUME, List.of(1, 6), null)),
                "step 3 depends on a step that is not listed before it");
        assertProblem(
                replaced(PlanStep.of(3, Action.CREATE_VOLUME, List.of(3), null)),
                "step 3 depends on a step that is not listed before it");
        assertProblem(
                replaced(PlanStep.of(4, Action.CREATE_PORT, List.of(1), 7)), "step 4 names no interface of the plan");
        assertProblem(
                replaced(PlanStep.of(4, Action.CREATE_PORT, List.of(1), null)),
                "step 4 names no interface of the plan");
        assertProblem(
                replaced(PlanStep.of(6, Action.CREATE_SERVER, List.of(4, 5), null)),
                "step 6 (create_server) does not wait for what it needs");
        assertProblem(
                replaced(PlanStep.of(8, Action.FINALIZE, List.of(5), null)),
                "step 8 (finalize) does not wait for what it needs");
        assertProblem(
                replaced(PlanStep.of(8, Action.WAIT_ACTIVE, List.of(7), null)),
                "the plan must have exactly one step finalize");
        assertProblem(
                replaced(PlanStep.undoing(7, Action.ROLLBACK_SERVER, List.of(6), 6)),
                "step 7 is rollback_server, which no plan contains");
        List<PlanStep> twice = new ArrayList<>(Plans.ofNew(2).steps());
        twice.add(PlanStep.of(8, Action.FINALIZE, List.of(7), null));
        assertProblem(twice, "step 8 is listed twice");
    }

    private static List<PlanStep> replaced(PlanStep step) {
        return Plans.ofNew(2).steps().stream()
                .map(planned -> planned.stepOrder() == step.stepOrder() ? step : planned)
                .toList();
    }

    private static void assertProblem(List<PlanStep> steps, String problem) {
        assertThat(PlanCheck.problem(Plans.withSteps(2, steps))).contains(problem);
    }
}
