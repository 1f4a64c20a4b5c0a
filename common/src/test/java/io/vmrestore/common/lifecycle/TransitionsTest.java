package io.vmrestore.common.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.StepEvent;
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
 * Holds {@link Evolution} against the table in {@link Transitions}: every declared transition happens in a random world
 * or to a state of one, and none happens that is not declared.
 */
class TransitionsTest {
    private static final int SEEDS = 60;
    private static final int STEPS = 400;
    /** So many events lie between two states that are tried with everything. */
    private static final int EVERY = 5;

    private final Set<String> jobs = new TreeSet<>();
    private final Set<String> steps = new TreeSet<>();

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

        assertThat(jobs).as("transitions of restores").containsExactlyElementsOf(declared(Transitions.ofJobs()));
        assertThat(steps).as("transitions of steps").containsExactlyElementsOf(declared(Transitions.ofSteps()));
    }

    @Test
    void everyEventIsDeclaredForEveryStatus() {
        List<String> statuses = Stream.concat(
                        Stream.of(Transitions.UNKNOWN),
                        Stream.of(JobStatus.values()).map(JobStatus::name))
                .toList();
        for (String status : statuses) {
            assertThat(Transitions.ofJobs())
                    .filteredOn(row -> row.from().equals(status))
                    .extracting(Transitions.Row::event)
                    .as(status)
                    .containsAll(Transitions.JOB_EVENTS);
        }
        for (String phase : List.of("PENDING", "COMMANDED", "RUNNING", "COMPLETED", "FAILED", "SKIPPED")) {
            assertThat(Transitions.ofSteps())
                    .filteredOn(row -> row.from().equals(phase))
                    .extracting(Transitions.Row::event)
                    .as(phase)
                    .containsAll(Transitions.STEP_EVENTS);
        }
    }

    private void tryAll(@Nullable JobState state, UUID job) {
        for (RestoreEvent event : AnyEvents.about(state, job)) {
            Transition answer = Evolution.evolve(state, event);
            jobs.add(Transitions.ofJob(state, event, answer).toString());
            requireTheCatalogsFacts(state, event, answer);
            Transitions.Step step = Transitions.ofStep(state, event, answer);
            if (step != null) {
                steps.add(step.toString());
            }
        }
    }

    /** An event ends a restore exactly if the catalog of events says so, and the same for an attempt and its answer. */
    private static void requireTheCatalogsFacts(@Nullable JobState before, RestoreEvent event, Transition answer) {
        if (!(answer instanceof Transition.Applied(JobState after))
                || before == null
                || before.status().terminal()) {
            return;
        }
        assertThat(after.status().terminal())
                .as("end with %s", event)
                .isEqualTo(event.type().terminal());
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
