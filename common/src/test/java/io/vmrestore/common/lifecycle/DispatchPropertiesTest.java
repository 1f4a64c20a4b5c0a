package io.vmrestore.common.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.EventType;
import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.RedriveRequested;
import io.vmrestore.common.contract.RestoreResult;
import io.vmrestore.common.contract.StepStatus;
import io.vmrestore.embedded.testing.Seeds;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What must hold for random plans, outcomes, schedules, repeats and crashes; {@link Observer} checks it at every event.
 */
class DispatchPropertiesTest {
    private static final int SEEDS = 300;
    private static final int STEPS = 250;
    private static final int CRASHED_SEEDS = 10;
    private static final int NO_CRASH = -1;

    @Test
    void holdsWhenStateAndOutputsCommitTogether() {
        run(false);
    }

    @Test
    void holdsWhenACrashLosesOutputsAndKeepsTheState() {
        run(true);
    }

    @Test
    void aCrashAtAnyEventChangesNeitherTheEndNorWhatIsPublished() {
        Seeds.each(getClass(), CRASHED_SEEDS, seed -> {
            World world = new World(seed, true);
            for (int step = 0; step < STEPS; step++) {
                world.step();
            }
            Replay whole = new Replay(world);
            whole.run(NO_CRASH, false);
            for (int crash = 0; crash < world.log.size(); crash++) {
                for (boolean keepsState : new boolean[] {true, false}) {
                    Replay crashed = new Replay(world);
                    crashed.run(crash, keepsState);
                    String where = "crash at " + world.log.get(crash).id() + ", state kept: " + keepsState;
                    assertThat(crashed.states()).as(where).isEqualTo(whole.states());
                    assertThat(crashed.published()).as(where).isEqualTo(whole.published());
                }
            }
        });
    }

    private void run(boolean keepsStateInCrash) {
        Set<Class<?>> applied = new HashSet<>();
        Set<JobStatus> ends = new HashSet<>();
        AtomicInteger lateNamings = new AtomicInteger();
        Seeds.each(getClass(), SEEDS, seed -> {
            World world = new World(seed, keepsStateInCrash);
            try {
                for (int step = 0; step < STEPS; step++) {
                    world.step();
                }
                world.drain();
                world.jobs.forEach(job -> ends.add(checkEnd(world, job)));
                assertThat(world.observer().commandIds)
                        .as("crashes command neither more nor less")
                        .isEqualTo(commandIdsWithoutCrash(world));
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError(
                        failure.getMessage() + "\nThe log:" + world.observer().trace(), failure);
            }
            applied.addAll(world.observer().applied);
            lateNamings.addAndGet(world.observer().lateNamings);
        });
        if (Seeds.all()) {
            assertThat(lateNamings.get())
                    .as("resources that were named after the end")
                    .isGreaterThan(SEEDS / 10);
            Set<Class<?>> effective =
                    Stream.of(EventType.values()).map(EventType::record).collect(Collectors.toCollection(HashSet::new));
            effective.remove(RedriveRequested.class);
            assertThat(applied).as("events that had an effect").isEqualTo(effective);
            assertThat(ends)
                    .contains(
                            JobStatus.COMPLETED,
                            JobStatus.FAILED,
                            JobStatus.CANCELLED,
                            JobStatus.INTERRUPTED,
                            JobStatus.DRY_RUN);
        }
    }

    private static Set<String> commandIdsWithoutCrash(World world) {
        Set<String> ids = new HashSet<>();
        Map<UUID, JobState> states = new HashMap<>();
        for (RestoreEvent event : world.log) {
            JobState before = states.get(event.jobId());
            Transition transition = Evolution.evolve(before, event);
            Decision decision = Dispatch.decide(world.policy(), before, event, transition, List.of());
            decision.commands().forEach(command -> ids.add(command.id()));
            if (transition instanceof Transition.Applied(JobState after)) {
                states.put(event.jobId(), after);
            }
        }
        return ids;
    }

    private static JobStatus checkEnd(World world, UUID id) {
        JobState job = world.observer().state(id);
        boolean waitsForAnOperator =
                job.status() == JobStatus.PLANNED && !job.plan().eligible();
        assertThat(job.status().terminal() || waitsForAnOperator)
                .as("once faults stop, every job ends, but %s is %s", id, job.status())
                .isTrue();
        switch (job.status()) {
            case COMPLETED -> assertThat(job.steps()).allMatch(step -> step.status() == StepStatus.COMPLETED);
            case FAILED -> assertThat(job.failure()).isNotNull();
            case CANCELLED -> {
                assertThat(job.cancellation()).isNotNull();
                assertThat(job.failure()).isNull();
            }
            case INTERRUPTED, DRY_RUN, PLANNED, PLANNING, PENDING, RUNNING -> {}
        }
        if (job.status() == JobStatus.FAILED || job.status() == JobStatus.CANCELLED) {
            assertThat(job.steps()).as("nothing is at work").noneMatch(StepState::inFlight);
        }
        if (job.status().terminal()) {
            checkNothingIsUnnamed(world, job);
        }
        return job.status();
    }

    private static void checkNothingIsUnnamed(World world, JobState job) {
        List<Resource> left = world.inCloud(job.jobId());
        assertThat(left).as("no resource that its job does not name").allMatch(job::names);
        RestoreResult result = job.result();
        if (job.status() == JobStatus.COMPLETED && result != null) {
            List<Resource> used = world.observer().used(job.jobId());
            assertThat(left).as("what a completed restore uses is there").containsAll(used);
            left = left.stream().filter(resource -> !used.contains(resource)).toList();
            assertThat(job.leftovers()).doesNotContainAnyElementsOf(used);
        }
        assertThat(job.leftovers()).as("what is left is named as such").containsAll(left);
    }
}
