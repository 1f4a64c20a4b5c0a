package io.vmrestore.common.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.PlanStep;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.RestoreCommand;
import io.vmrestore.common.contract.RestoreCommand.RunStep;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.RestoreCompleted;
import io.vmrestore.common.contract.RestoreEvent.RestoreRequested;
import io.vmrestore.common.contract.RestoreEvent.StepEvent;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.common.contract.StepStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Folds the event log as the status service does, and checks after every event and command what must always hold. */
final class Observer {
    private static final Set<Transitions.Step> DECLARED_OF_JOBS = declared(Transitions.ofJobs());
    private static final Set<Transitions.Step> DECLARED_OF_STEPS = declared(Transitions.ofSteps());

    private final List<RestoreEvent> log;
    private final Map<UUID, JobState> states = new HashMap<>();
    /** The fold of every prefix, for the comparison with dispatch, which lags behind. */
    private final List<Map<UUID, JobState>> prefixes = new ArrayList<>(List.of(Map.of()));

    final Set<String> commandIds = new HashSet<>();
    final Set<Class<?>> applied = new HashSet<>();
    int lateNamings;

    Observer(List<RestoreEvent> log) {
        this.log = log;
    }

    private static Set<Transitions.Step> declared(List<Transitions.Row> rows) {
        return rows.stream().map(Transitions.Row::step).collect(Collectors.toSet());
    }

    @Nullable
    JobStatus status(UUID job) {
        return states.containsKey(job) ? states.get(job).status() : null;
    }

    JobState state(UUID job) {
        return states.get(job);
    }

    /** What the steps of a restore go on with. */
    List<Resource> used(UUID job) {
        return state(job)
                .forwardSteps()
                .filter(step -> !step.plan().action().namesWhatItRemoved())
                .flatMap(step -> step.resources().stream()
                        .filter(resource -> resource.id().equals(step.made())))
                .toList();
    }

    void published(RestoreEvent event) {
        JobState before = states.get(event.jobId());
        Transition answer = Evolution.evolve(before, event);
        checkDeclared(before, event, answer);
        switch (answer) {
            case Transition.Applied(JobState after) -> {
                if (before != null && before.status().terminal()) {
                    lateNamings++;
                    checkOnlyNamed(before, event, after);
                }
                applied.add(event.getClass());
                states.put(event.jobId(), after);
                changed(before, event, after);
            }
            case Transition.Ignored _ -> {}
            case Transition.Illegal(String reason) ->
                throw new AssertionError("Nobody did anything illegal, but " + event.id() + ": " + reason);
        }
        prefixes.add(Map.copyOf(states));
    }

    private static void checkDeclared(@Nullable JobState before, RestoreEvent event, Transition answer) {
        assertThat(DECLARED_OF_JOBS).contains(Transitions.ofJob(before, event, answer));
        Transitions.Step step = Transitions.ofStep(before, event, answer);
        if (step != null) {
            assertThat(DECLARED_OF_STEPS).contains(step);
        }
        if (before != null && answer instanceof Transition.Applied(JobState after)) {
            int about = Transitions.stepOf(event);
            before.steps().stream()
                    .filter(other -> other.stepOrder() != about)
                    .filter(other -> StepPhase.of(other)
                            != StepPhase.of(after.step(other.stepOrder()).orElseThrow()))
                    .forEach(other -> assertThat(List.of(
                                    StepPhase.of(other),
                                    StepPhase.of(after.step(other.stepOrder()).orElseThrow())))
                            .as("an event about another step only makes steps ready: %s", event.id())
                            .isEqualTo(List.of(StepPhase.PENDING, StepPhase.COMMANDED)));
        }
    }

    private void changed(@Nullable JobState before, RestoreEvent event, JobState after) {
        assertThat(after.version()).isEqualTo(before == null ? 1 : before.version() + 1);
        if (event instanceof RestoreRequested) {
            return;
        }
        // What was applied once changes nothing when it comes again at once.
        assertThat(Evolution.evolve(after, event))
                .as("repeat of %s", event.id())
                .isInstanceOf(Transition.Ignored.class);
        after.steps().forEach(step -> checkStep(after, step));
        if (event instanceof RestoreCompleted) {
            assertThat(after.steps()).allMatch(step -> step.status() == StepStatus.COMPLETED);
        }
        if (after.status() == JobStatus.RUNNING && before != null && before.status() != JobStatus.RUNNING) {
            assertThat(states.values())
                    .filteredOn(other -> other.status() == JobStatus.RUNNING)
                    .satisfies(running -> assertThat(running.size() == 1
                                    || running.stream()
                                            .allMatch(job -> job.request().mode() == RestoreMode.NEW))
                            .as("a REPLACE runs alone")
                            .isTrue());
        }
    }

    /** Terminal is absorbing: after the end nothing changes but that more is known to be left. */
    private static void checkOnlyNamed(JobState before, RestoreEvent event, JobState after) {
        assertThat(event).isInstanceOf(StepEvent.class);
        assertThat(after.status()).as("terminal is absorbing: %s", event.id()).isEqualTo(before.status());
        assertThat(after)
                .as("after its end a restore only learns what is left: %s", event.id())
                .usingRecursiveComparison()
                .ignoringFields("version", "leftovers", "lastHeartbeat", "steps.resources")
                .isEqualTo(before);
        assertThat(after.leftovers())
                .containsAll(before.leftovers())
                .hasSizeGreaterThan(before.leftovers().size());
    }

    private static void checkStep(JobState job, StepState step) {
        PlanStep plan = step.plan();
        assertThat(step.attempt()).isLessThanOrEqualTo(plan.maxAttempts());
        if (step.attempt() > 0 && !plan.action().rollback()) {
            assertThat(plan.dependsOn())
                    .as("dependencies of step %s", plan)
                    .allMatch(order -> job.step(order).orElseThrow().status() == StepStatus.COMPLETED);
        }
        if (plan.action() == Action.DELETE_SERVER && step.attempt() > 0) {
            assertThat(job.cancellation())
                    .as("no cancellation past the point of no return")
                    .isNull();
            assertThat(job.rollbackSteps())
                    .as("what can bring a deleted VM back is kept")
                    .allMatch(rollback -> rollback.plan().action() == Action.ROLLBACK_SERVER);
        }
        if (plan.action().rollback()) {
            StepState undone = job.step(plan.undoes()).orElseThrow();
            assertThat(undone.attempt())
                    .as("only what may exist is rolled back")
                    .isPositive();
            assertThat(undone.inFlight()).as("nothing at work is rolled back").isFalse();
            if (step.attempt() > 0) {
                assertThat(job.rollbackSteps())
                        .as("later steps are rolled back before step %s", undone.stepOrder())
                        .filteredOn(other -> other.plan().undoes() > plan.undoes())
                        .allMatch(other -> other.status().terminal());
            }
        }
    }

    void commanded(RestoreCommand command) {
        commandIds.add(command.id());
        if (command instanceof RunStep run) {
            assertThat(run.deadline()).isAfter(run.notBefore());
        }
    }

    /** Dispatch's state after a prefix of the log is the fold of that prefix. */
    void dispatched(int contained, Map<UUID, JobState> dispatch) {
        assertThat(dispatch).isEqualTo(prefixes.get(contained));
    }

    String trace() {
        StringBuilder trace = new StringBuilder();
        log.forEach(event -> trace.append("\n  ").append(event.id()));
        return trace.toString();
    }
}
