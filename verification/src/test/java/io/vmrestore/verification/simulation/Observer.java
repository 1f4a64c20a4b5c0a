package io.vmrestore.verification.simulation;

import io.vmrestore.common.codec.EventCodec;
import io.vmrestore.common.codec.UndecodableException;
import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.RestoreCompleted;
import io.vmrestore.common.contract.RestoreEvent.RestoreRequested;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.common.contract.StepStatus;
import io.vmrestore.common.contract.Topics;
import io.vmrestore.common.lifecycle.Evolution;
import io.vmrestore.common.lifecycle.JobState;
import io.vmrestore.common.lifecycle.StepState;
import io.vmrestore.common.lifecycle.Transition;
import io.vmrestore.planner.dispatch.Jobs;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Reads the event topic as it grows, and checks at every event what must always hold. */
final class Observer {
    private final Broker broker;
    private final Map<TopicPartition, Long> positions = new LinkedHashMap<>();
    private final Map<UUID, JobState> states = new LinkedHashMap<>();
    /** What the events up to an offset made of each restore. */
    private final Map<UUID, NavigableMap<Long, JobState>> history = new HashMap<>();

    Observer(Broker broker) {
        this.broker = broker;
        broker.of(java.util.Set.of(Topics.EVENTS)).forEach(partition -> positions.put(partition, 0L));
    }

    Map<UUID, JobState> states() {
        return states;
    }

    @Nullable
    JobState state(UUID job) {
        return states.get(job);
    }

    /** Whether somebody has commanded the deletion of this VM. */
    boolean deletionCommanded(String vmId) {
        return states.values().stream().anyMatch(job -> job.vmId().equals(vmId) && job.pastPointOfNoReturn());
    }

    /** Reads what is new. */
    void observe() {
        positions.replaceAll((partition, position) -> {
            PartitionLog log = broker.log(partition);
            long end = log.stableEnd();
            if (end == position) {
                return position;
            }
            for (ConsumerRecord<String, byte[]> record = log.next(position);
                    record != null;
                    record = log.next(record.offset() + 1)) {
                observe(record);
            }
            return end;
        });
    }

    private void observe(ConsumerRecord<String, byte[]> record) {
        RestoreEvent event;
        try {
            event = EventCodec.decode(record.headers(), record.value());
        } catch (UndecodableException undecodable) {
            throw new AssertionError("An event cannot be decoded", undecodable);
        }
        JobState before = states.get(event.jobId());
        switch (Evolution.evolve(before, event)) {
            case Transition.Applied(JobState after) -> {
                broker.trace().add("log", "applied " + event.id() + ": " + after.status());
                states.put(event.jobId(), after);
                history.computeIfAbsent(event.jobId(), _ -> new TreeMap<>()).put(record.offset(), after);
                check(before, event, after);
            }
            case Transition.Ignored(String reason) ->
                broker.trace().add("log", "ignored " + event.id() + ": " + reason);
            case Transition.Illegal(String reason) ->
                throw new AssertionError("Nobody did anything illegal, but " + event.id() + ": " + reason);
        }
    }

    private void check(@Nullable JobState before, RestoreEvent event, JobState after) {
        require(after.version() == (before == null ? 1 : before.version() + 1), "versions count by one", event);
        if (before != null && before.status().terminal()) {
            require(after.status() == before.status(), "a terminal status is absorbing", event);
            require(
                    after.leftovers().containsAll(before.leftovers()),
                    "what an ended restore has left stays named",
                    event);
        }
        if (!(event instanceof RestoreRequested)) {
            require(
                    Evolution.evolve(after, event) instanceof Transition.Ignored,
                    "an event that comes twice changes nothing",
                    event);
        }
        if (before != null && event instanceof RestoreEvent.StepEvent answer) {
            checkLate(before, answer, after);
        }
        after.steps().forEach(step -> checkStep(after, step, event));
        if (event instanceof RestoreCompleted) {
            require(
                    after.steps().stream().allMatch(step -> step.status() == StepStatus.COMPLETED),
                    "a failed step never ends COMPLETED",
                    event);
        }
        if (after.status() == JobStatus.RUNNING) {
            List<JobState> running = states.values().stream()
                    .filter(job -> job.vmId().equals(after.vmId()) && job.status() == JobStatus.RUNNING)
                    .toList();
            require(
                    running.size() == 1
                            || running.stream().allMatch(job -> job.request().mode() == RestoreMode.NEW),
                    "a REPLACE runs alone",
                    event);
        }
    }

    /** What a late answer tells may be named, and decides nothing. */
    private static void checkLate(JobState before, RestoreEvent.StepEvent answer, JobState after) {
        int order = answer.step().stepOrder();
        StepState known = before.step(order).orElseThrow();
        if (answer.step().attempt() != known.attempt() || known.status().terminal()) {
            StepState now = after.step(order).orElseThrow();
            require(
                    now.status() == known.status() && now.attempt() == known.attempt(),
                    "a late answer of an earlier attempt changes nothing",
                    answer);
        }
    }

    private static void checkStep(JobState job, StepState step, RestoreEvent event) {
        boolean rollback = step.plan().action().rollback();
        require(step.attempt() <= step.plan().maxAttempts(), "attempts are limited", event);
        if (step.attempt() > 0 && !rollback) {
            require(
                    step.plan().dependsOn().stream()
                            .allMatch(order -> job.step(order).orElseThrow().status() == StepStatus.COMPLETED),
                    "no step before its dependencies",
                    event);
        }
        if (step.plan().action() == Action.DELETE_SERVER && step.attempt() > 0) {
            require(job.cancellation() == null, "no cancellation after the point of no return", event);
            require(
                    job.rollbackSteps().allMatch(undo -> undo.plan().action() == Action.ROLLBACK_SERVER),
                    "what can bring a deleted VM back is kept",
                    event);
        }
        if (rollback) {
            int undoes = java.util.Objects.requireNonNull(step.plan().undoes());
            StepState undone = job.step(undoes).orElseThrow();
            require(undone.attempt() > 0, "only what may exist is rolled back", event);
            require(!undone.inFlight(), "nothing at work is rolled back", event);
            if (step.attempt() > 0) {
                require(
                        job.rollbackSteps()
                                .filter(other -> java.util.Objects.requireNonNull(
                                                other.plan().undoes())
                                        > undoes)
                                .allMatch(other -> other.status().terminal()),
                        "what was made last is rolled back first",
                        event);
            }
        }
    }

    /** Compares what dispatch has stored after an event with the fold of the events that it says to contain. */
    void dispatched(String who, int partition, RestoreEvent event, Jobs.@Nullable Stored known) {
        observe();
        if (known == null) {
            throw new AssertionError(who + " has read " + event.id() + " and does not know the restore");
        }
        JobState fold = history.getOrDefault(event.jobId(), new TreeMap<>()).getOrDefault(known.offset(), null);
        if (!known.job().equals(fold)) {
            throw new AssertionError(who + " has for " + event.jobId() + " in partition " + partition + " at "
                    + known.offset() + "\n" + known.job() + "\nbut the events up to there make\n" + fold);
        }
    }

    private static void require(boolean met, String invariant, RestoreEvent event) {
        if (!met) {
            throw new AssertionError("Violated at " + event.id() + ": " + invariant);
        }
    }
}
