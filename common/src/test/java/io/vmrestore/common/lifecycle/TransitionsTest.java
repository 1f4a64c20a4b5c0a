package io.vmrestore.common.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.EventType;
import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.StepEvent;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Holds {@link Evolution} against the tables that it runs: every declared outcome happens in a random world or to a
 * state of one, and none leads elsewhere than declared.
 */
class TransitionsTest {
    private static final int SEEDS = 60;
    private static final int STEPS = 400;
    /** So many events lie between two states that are tried with everything. */
    private static final int EVERY = 5;

    private final Set<String> jobs = new TreeSet<>();
    private final Set<String> steps = new TreeSet<>();
    private final Set<Outcome<?>> met = Collections.newSetFromMap(new IdentityHashMap<>());

    @Test
    void whatIsDeclaredHappensAndNothingElse() {
        for (long seed = 0; seed < SEEDS; seed++) {
            World world = new World(seed, seed % 2 == 0);
            for (int step = 0; step < STEPS; step++) {
                world.step();
                if (step % EVERY == 0) {
                    world.jobs.forEach(job -> tryAll(world.observer().state(job), job));
                }
            }
            world.drain();
            world.jobs.forEach(job -> tryAll(world.observer().state(job), job));
        }
        tryAll(null, Events.JOB);

        assertThat(met).as("outcomes that happened").containsAll(outcomes());
        assertThat(jobs).as("transitions of restores").containsExactlyElementsOf(declared(Transitions.ofJobs()));
        assertThat(steps).as("transitions of steps").containsExactlyElementsOf(declared(Transitions.ofSteps()));
    }

    @Test
    void everyEventIsDeclaredForEveryStatus() {
        List<String> events =
                Stream.of(EventType.values()).map(EventType::wireName).toList();
        List<String> statuses = Stream.concat(
                        Stream.of(JobTable.UNKNOWN),
                        Stream.of(JobStatus.values()).map(JobStatus::name))
                .toList();
        for (String status : statuses) {
            assertThat(Transitions.ofJobs())
                    .filteredOn(row -> row.from().equals(status))
                    .extracting(Transitions.Row::event)
                    .as(status)
                    .containsAll(events);
        }
        List<String> stepEvents =
                events.stream().filter(event -> event.startsWith("Step")).toList();
        assertThat(stepEvents).hasSize(5);
        for (StepPhase phase : StepPhase.values()) {
            assertThat(Transitions.ofSteps())
                    .filteredOn(row -> row.from().equals(phase.name()))
                    .extracting(Transitions.Row::event)
                    .as(phase.name())
                    .containsAll(stepEvents);
        }
    }

    private void tryAll(@Nullable JobState state, UUID job) {
        for (RestoreEvent event : AnyEvents.about(state, job)) {
            Transition answer = Evolution.evolve(state, event);
            jobs.add(Transitions.ofJob(state, event, answer).toString());
            noteOutcome(
                    JobTable.TABLE,
                    state == null ? JobTable.UNKNOWN : state.status().name(),
                    Outcome.Case.of(state, event));
            if (state != null && state.status() == JobStatus.RUNNING) {
                state.step(Transitions.stepOf(event))
                        .ifPresent(step -> noteOutcome(
                                StepTable.TABLE, StepPhase.of(step).name(), new Outcome.Case<>(state, step, event)));
            }
            requireTheCatalogsFacts(state, event, answer);
            Transitions.Step step = Transitions.ofStep(state, event, answer);
            if (step != null) {
                steps.add(step.toString());
            }
        }
    }

    private void noteOutcome(TransitionTable table, String from, Outcome.Case<RestoreEvent> it) {
        TransitionTable.Row<?> row = table.row(from, it.event().type());
        if (row.elsewhere() == null) {
            met.add(row.met(it));
        }
    }

    /** Every outcome that decides; rows may share one. */
    private static List<Outcome<?>> outcomes() {
        return Stream.of(JobTable.TABLE, StepTable.TABLE)
                .flatMap(table -> table.rows().stream())
                .filter(row -> row.elsewhere() == null)
                .<Outcome<?>>flatMap(row -> row.outcomes().stream())
                .toList();
    }

    /**
     * An event ends a restore at work exactly if the catalog of events says so, and is never ignored then: whoever
     * reads it in the log may rely on it. The same for an attempt and its answer.
     */
    private static void requireTheCatalogsFacts(@Nullable JobState before, RestoreEvent event, Transition answer) {
        boolean atWork = before != null && before.status() == JobStatus.RUNNING;
        if (atWork && answer instanceof Transition.Ignored) {
            assertThat(event.type().terminal()).as("ignored %s", event).isFalse();
        }
        if (!(answer instanceof Transition.Applied(JobState after))
                || before == null
                || before.status().terminal()) {
            return;
        }
        if (atWork) {
            assertThat(after.status().terminal())
                    .as("end with %s", event)
                    .isEqualTo(event.type().terminal());
        }
        if (event instanceof StepEvent report) {
            Optional<StepState> asked = before.step(report.step().stepOrder())
                    .filter(step -> step.attempt() == report.step().attempt() && step.inFlight());
            Optional<StepState> now = after.step(report.step().stepOrder())
                    .filter(step -> step.attempt() == report.step().attempt() && step.inFlight());
            assertThat(asked.isPresent() && now.isEmpty())
                    .as("answered by %s", event)
                    .isEqualTo(asked.isPresent() && event.type().answers());
        }
    }

    private static Set<String> declared(List<Transitions.Row> rows) {
        return rows.stream().map(row -> row.step().toString()).collect(Collectors.toCollection(TreeSet::new));
    }
}
