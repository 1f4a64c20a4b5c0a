package io.vmrestore.executor.step;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.executor.attempt.Attempt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every action is carried out by exactly one step, or the service does not start. */
class StepsTest {
    private final List<Step<?>> one = new ArrayList<>(
            Arrays.stream(Action.values()).<Step<?>>map(Dummy::new).toList());

    @Test
    void one_step_for_each_action_is_accepted() {
        assertThatCode(() -> new Steps(one)).doesNotThrowAnyException();
    }

    @Test
    void an_action_without_a_step_is_named() {
        one.removeIf(step -> step.action() == Action.CREATE_PORT);

        assertThatIllegalStateException()
                .isThrownBy(() -> new Steps(one))
                .withMessageContaining("No step carries out the action create_port")
                .withMessageContaining("io.vmrestore.executor.step");
    }

    @Test
    void an_action_with_two_steps_is_named() {
        one.add(new Dummy(Action.WAIT_ACTIVE));

        assertThatIllegalStateException()
                .isThrownBy(() -> new Steps(one))
                .withMessageContaining("Two steps carry out the action wait_active")
                .withMessageContaining(Dummy.class.getName());
    }

    @Test
    void a_task_of_another_action_is_refused() {
        Steps steps = new Steps(one);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> steps.bind(Action.VALIDATE, new StepTask.RollbackPort(null, "mark")))
                .withMessage("A task of type RollbackPort does not belong to the action validate");
    }

    private record Dummy(Action action) implements Step<StepTask.WaitActive> {
        @Override
        public Class<StepTask.WaitActive> taskType() {
            return StepTask.WaitActive.class;
        }

        @Override
        public void execute(StepTask.WaitActive task, Attempt attempt) {}
    }
}
