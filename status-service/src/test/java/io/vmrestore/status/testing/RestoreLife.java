package io.vmrestore.status.testing;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.Difference;
import io.vmrestore.common.contract.Failure;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.RestoreCommand;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.CancellationRequested;
import io.vmrestore.common.contract.RestoreEvent.ExecutionRequested;
import io.vmrestore.common.contract.RestoreEvent.PlanCreated;
import io.vmrestore.common.contract.RestoreEvent.PlanRejected;
import io.vmrestore.common.contract.RestoreEvent.RestoreRequested;
import io.vmrestore.common.contract.RestoreEvent.StepCompleted;
import io.vmrestore.common.contract.RestoreEvent.StepFailed;
import io.vmrestore.common.contract.RestoreEvent.StepProgressed;
import io.vmrestore.common.contract.RestoreEvent.StepStarted;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.common.contract.RestoreResult;
import io.vmrestore.common.contract.StepAddress;
import io.vmrestore.common.lifecycle.Decision;
import io.vmrestore.common.lifecycle.Dispatch;
import io.vmrestore.common.lifecycle.DispatchPolicy;
import io.vmrestore.common.lifecycle.Evolution;
import io.vmrestore.common.lifecycle.JobState;
import io.vmrestore.common.lifecycle.Transition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The events of one restore, as gateway, planner, dispatch and executors publish them; all chance comes from one seed.
 */
public final class RestoreLife {
    private static final DispatchPolicy POLICY = new DispatchPolicy(false, true);

    private final Random random;
    private final double trouble;
    private final UUID jobId;
    private final String vmId;
    private final String projectId;
    private final List<RestoreEvent> events = new ArrayList<>();
    private final Deque<RestoreCommand.RunStep> commands = new ArrayDeque<>();
    private Instant now;
    private @Nullable JobState state;

    private RestoreLife(Random random, double trouble, Instant begin) {
        this.random = random;
        this.trouble = trouble;
        this.now = begin.truncatedTo(ChronoUnit.MICROS);
        jobId = new UUID(random.nextLong(), random.nextLong());
        vmId = "vm-" + new UUID(random.nextLong(), random.nextLong());
        projectId = "project-" + random.nextInt(3);
    }

    /** A restore in which everything goes well. */
    public static RestoreLife smooth(long seed) {
        return new RestoreLife(new Random(seed), 0, Instant.parse("2026-11-22T08:30:00Z")).live();
    }

    /** A restore in which anything may happen: refusals, retries, failures, cancellation, repeated events. */
    public static RestoreLife troubled(long seed) {
        return new RestoreLife(new Random(seed), 0.15, Instant.parse("2026-11-22T08:30:00Z")).live();
    }

    public UUID jobId() {
        return jobId;
    }

    public String vmId() {
        return vmId;
    }

    public List<RestoreEvent> events() {
        return events;
    }

    /** The state after some of the events. */
    public JobState stateAfter(int count) {
        return fold(events.subList(0, count));
    }

    public JobState lastState() {
        return fold(events);
    }

    /** The events without those that the pure core ignores. */
    public List<RestoreEvent> appliedEvents() {
        List<RestoreEvent> applied = new ArrayList<>();
        JobState state = null;
        for (RestoreEvent event : events) {
            if (Evolution.evolve(state, event) instanceof Transition.Applied(JobState after)) {
                state = after;
                applied.add(event);
            }
        }
        return applied;
    }

    /** What the pure core makes of events. */
    public static JobState fold(List<RestoreEvent> events) {
        JobState state = null;
        for (RestoreEvent event : events) {
            if (Evolution.evolve(state, event) instanceof Transition.Applied(JobState after)) {
                state = after;
            }
        }
        if (state == null) {
            throw new IllegalArgumentException("No event was applied");
        }
        return state;
    }

    private RestoreLife live() {
        offer(new RestoreRequested(
                jobId, vmId, tick(), projectId, "snapshot-1", RestoreMode.NEW, null, IpStrategy.TRY_SAME_IPS, "alice"));
        if (chance()) {
            offer(new PlanRejected(
                    jobId, vmId, tick(), new Failure(FailureKind.VM_NOT_FOUND, "No such VM", "compute", 404, "req-1")));
            return this;
        }
        boolean eligible = !chance();
        offer(new PlanCreated(jobId, vmId, tick(), Plans.of(vmId, "db-1", projectId, 1 + random.nextInt(2), eligible)));
        offer(new ExecutionRequested(jobId, vmId, tick(), new UUID(random.nextLong(), random.nextLong()), "bob"));
        while (!commands.isEmpty()) {
            answer(commands.removeFirst());
            if (chance() && chance()) {
                offer(new CancellationRequested(
                        jobId, vmId, tick(), "carol", chance() ? null : "changed my mind", null));
            }
        }
        return this;
    }

    private void answer(RestoreCommand.RunStep command) {
        StepAddress step = command.step();
        offer(new StepStarted(step, tick(), "executor-1"));
        List<Resource> made = made(step);
        if (random.nextBoolean()) {
            offer(new StepProgressed(step, tick(), made, Map.of("status", "creating", "percent", random.nextInt(100))));
        }
        if (chance()) {
            offer(new StepFailed(
                    step,
                    tick(),
                    new Failure(FailureKind.CLOUD_UNAVAILABLE, "503 from Cinder \u0000\"'\\", "volume", 503, "req-9"),
                    random.nextBoolean(),
                    made,
                    Map.of()));
        } else {
            offer(new StepCompleted(step, tick(), made, Map.of("took", 1.5, "ok", true), result(step)));
        }
    }

    private void offer(RestoreEvent event) {
        events.add(event);
        Transition transition = Evolution.evolve(state, event);
        Decision decision = Dispatch.decide(POLICY, state, event, transition, List.of());
        if (transition instanceof Transition.Applied(JobState after)) {
            state = after;
        }
        if (chance()) {
            events.add(event);
            if (Evolution.evolve(state, event) instanceof Transition.Applied(JobState again)) {
                state = again;
            }
        }
        for (RestoreCommand command : decision.commands()) {
            if (command instanceof RestoreCommand.RunStep run
                    && commands.stream().noneMatch(known -> known.id().equals(run.id()))) {
                commands.addLast(run);
            }
        }
        decision.events().forEach(this::offer);
    }

    private static List<Resource> made(StepAddress step) {
        ResourceType type = step.action().makes();
        return type == null ? List.of() : List.of(resource(type, step));
    }

    private static Resource resource(ResourceType type, StepAddress step) {
        return new Resource(type, type.name().toLowerCase(java.util.Locale.ROOT) + "-" + step.stepOrder(), "db-1");
    }

    private static @Nullable RestoreResult result(StepAddress step) {
        return step.action() == Action.FINALIZE
                ? new RestoreResult(
                        "server-5",
                        "volume-3",
                        List.of("port-4"),
                        List.of("10.0.0.5"),
                        List.of(new Difference("ips", "10.0.0.5", "10.0.0.9")))
                : null;
    }

    private Instant tick() {
        now = now.plus(1 + random.nextInt(3_000_000), ChronoUnit.MICROS);
        return now;
    }

    private boolean chance() {
        return random.nextDouble() < trouble;
    }
}
