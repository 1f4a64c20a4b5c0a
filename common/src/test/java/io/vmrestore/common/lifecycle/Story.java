package io.vmrestore.common.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.RestoreCommand;
import io.vmrestore.common.contract.RestoreCommand.RunStep;
import io.vmrestore.common.contract.RestoreEvent;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Given the events of a restore so far, when another comes, then this is published. */
final class Story {
    private DispatchPolicy policy = new DispatchPolicy(false, true);
    private List<JobState> others = List.of();
    private @Nullable JobState state;
    private @Nullable Transition transition;
    private Decision decision = Decision.NOTHING;

    /** Events that were published and read before; each must change the state. */
    static Story given(RestoreEvent... events) {
        return new Story().and(events);
    }

    Story and(RestoreEvent... events) {
        for (RestoreEvent event : events) {
            Transition answer = Evolution.evolve(state, event);
            assertThat(answer).as("given %s", event.id()).isInstanceOf(Transition.Applied.class);
            state = ((Transition.Applied) answer).state();
        }
        return this;
    }

    Story withPolicy(boolean dryRun, boolean cleanupVolumes) {
        policy = new DispatchPolicy(dryRun, cleanupVolumes);
        return this;
    }

    Story beside(JobState... rivals) {
        others = List.of(rivals);
        return this;
    }

    Story when(RestoreEvent event) {
        transition = Evolution.evolve(state, event);
        decision = Dispatch.decide(policy, state, event, transition, others);
        if (transition instanceof Transition.Applied(JobState after)) {
            state = after;
        }
        return this;
    }

    Story thenEvents(RestoreEvent... expected) {
        assertThat(decision.events()).containsExactly(expected);
        return this;
    }

    /** Commands as {@code create_port 4/1}: action, step, attempt. */
    Story thenCommands(String... expected) {
        assertThat(decision.commands().stream().map(Story::name)).containsExactlyInAnyOrder(expected);
        return this;
    }

    Story thenNothing() {
        return thenEvents().thenCommands();
    }

    Story thenIgnored(String reason) {
        assertThat(transition).isEqualTo(new Transition.Ignored(reason));
        return this;
    }

    Story thenIllegal(String reason) {
        assertThat(transition).isEqualTo(new Transition.Illegal(reason));
        return thenNothing();
    }

    Story thenStatus(JobStatus status) {
        assertThat(state().status()).isEqualTo(status);
        return this;
    }

    JobState state() {
        return Objects.requireNonNull(state);
    }

    /** The command to a step among those published last. */
    RunStep command(int stepOrder) {
        return decision.commands().stream()
                .filter(RunStep.class::isInstance)
                .map(RunStep.class::cast)
                .filter(command -> command.step().stepOrder() == stepOrder)
                .findFirst()
                .orElseThrow();
    }

    private static String name(RestoreCommand command) {
        return switch (command) {
            case RestoreCommand.PlanRestore _ -> "plan";
            case RestoreCommand.StopSteps _ -> "stop";
            case RunStep run ->
                run.step().action().wireName() + " " + run.step().stepOrder() + "/"
                        + run.step().attempt();
        };
    }
}
