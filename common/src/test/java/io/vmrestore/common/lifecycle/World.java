package io.vmrestore.common.lifecycle;

import io.vmrestore.common.contract.Failure;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.RestoreCommand;
import io.vmrestore.common.contract.RestoreCommand.PlanRestore;
import io.vmrestore.common.contract.RestoreCommand.RunStep;
import io.vmrestore.common.contract.RestoreCommand.StopSteps;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.CancellationRequested;
import io.vmrestore.common.contract.RestoreEvent.ExecutionRequested;
import io.vmrestore.common.contract.RestoreEvent.PlanCreated;
import io.vmrestore.common.contract.RestoreEvent.PlanRejected;
import io.vmrestore.common.contract.RestoreEvent.RedriveRequested;
import io.vmrestore.common.contract.RestoreMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * Clients, planning, dispatch and executors around one event log of one VM. Everything may be late, doubled or in
 * another order across its sources; dispatch may crash at any event and executors may vanish. One seed decides all of
 * it.
 */
final class World {
    private static final Duration STALE_AFTER = Duration.ofHours(10);

    final List<RestoreEvent> log = new ArrayList<>();
    final List<UUID> jobs = new ArrayList<>();
    private final Random random;
    private final DispatchPolicy policy;
    private final boolean keepsStateInCrash;
    private final Observer observer;
    private final List<RestoreCommand> commands = new ArrayList<>();
    private final TinyCloud cloud = new TinyCloud();
    private final RandomExecutors executors;

    private Map<UUID, JobState> states = new LinkedHashMap<>();
    private int position;
    /** How much of the log the stored states contain. */
    private int contained;

    private Map<UUID, JobState> committedStates = Map.of();
    private int committedPosition;
    private Instant now = Events.T0;
    private boolean faults = true;

    /**
     * Builds a world.
     *
     * @param keepsStateInCrash whether a crash of dispatch may lose outputs but not the state (at least once), or sets
     *     back both (exactly once, seen from before the commit)
     */
    World(long seed, boolean keepsStateInCrash) {
        random = new Random(seed);
        this.keepsStateInCrash = keepsStateInCrash;
        policy = new DispatchPolicy(random.nextInt(20) == 0, random.nextBoolean());
        observer = new Observer(log);
        executors = new RandomExecutors(random, observer, cloud, this::time, this::publish);
        int count = 1 + random.nextInt(2);
        for (int job = 0; job < count; job++) {
            jobs.add(new UUID(seed, job));
            RestoreMode mode = random.nextInt(3) == 0 ? RestoreMode.REPLACE : RestoreMode.NEW;
            publish(Events.requested(jobs.getLast(), mode));
        }
    }

    Observer observer() {
        return observer;
    }

    DispatchPolicy policy() {
        return policy;
    }

    void step() {
        now = now.plusSeconds(random.nextInt(5));
        switch (random.nextInt(21)) {
            case 20 -> executors.wake();
            case 0, 1, 2, 3, 4, 5, 6, 7 -> dispatch();
            case 8, 9, 10 -> takeCommand();
            case 11, 12, 13, 14, 15 -> executors.answer();
            case 16 -> client();
            case 17 -> commit();
            case 18 -> {
                if (!log.isEmpty() && random.nextInt(3) == 0) {
                    // Whoever published an event and did not hear of it publishes it again.
                    publish(log.get(log.size() - 1 - random.nextInt(Math.min(log.size(), 10))));
                }
            }
            default -> fault();
        }
    }

    /** From here on nothing fails, and whatever waits is executed. */
    void drain() {
        faults = false;
        for (int round = 0; round < 5; round++) {
            jobs.stream()
                    .filter(job -> observer.status(job) == JobStatus.PLANNED)
                    .forEach(this::execute);
            while (position < log.size() || !commands.isEmpty() || executors.busy()) {
                now = now.plusSeconds(1);
                executors.sayLate();
                dispatch();
                takeCommand();
                executors.answer();
            }
        }
    }

    private void dispatch() {
        if (position == log.size()) {
            return;
        }
        RestoreEvent event = log.get(position);
        List<JobState> others = states.values().stream()
                .filter(other -> !other.jobId().equals(event.jobId()))
                .toList();
        JobState before = states.get(event.jobId());
        Decision decision;
        if (position < contained) {
            decision = Dispatch.repeated(policy, before, event, others);
        } else {
            Transition transition = Evolution.evolve(before, event);
            decision = Dispatch.decide(policy, before, event, transition, others);
            if (transition instanceof Transition.Applied(JobState after)) {
                states.put(event.jobId(), after);
            }
            contained = position + 1;
        }
        position++;
        boolean crash = faults && random.nextInt(25) == 0;
        decision.events().stream().filter(_ -> !crash || random.nextBoolean()).forEach(this::publish);
        decision.commands().stream().filter(_ -> !crash || random.nextBoolean()).forEach(this::send);
        observer.dispatched(contained, states);
        if (crash) {
            position = committedPosition;
            if (!keepsStateInCrash) {
                states = new LinkedHashMap<>(committedStates);
                contained = committedPosition;
            }
        }
    }

    private void commit() {
        committedPosition = position;
        committedStates = new LinkedHashMap<>(states);
    }

    private void send(RestoreCommand command) {
        observer.commanded(command);
        commands.add(command);
    }

    private void takeCommand() {
        if (commands.isEmpty()) {
            return;
        }
        int index = random.nextInt(commands.size());
        boolean twice = faults && random.nextInt(10) == 0;
        switch (twice ? commands.get(index) : commands.remove(index)) {
            case PlanRestore plan -> plan(plan);
            case RunStep run -> executors.begin(run);
            case StopSteps stop -> executors.stop(stop.jobId());
        }
    }

    private void plan(PlanRestore command) {
        if (random.nextInt(20) == 0) {
            Failure failure = Failure.of(FailureKind.VM_NOT_FOUND, "there is no such VM");
            publish(new PlanRejected(command.jobId(), command.vmId(), time(), failure));
        } else {
            publish(new PlanCreated(command.jobId(), command.vmId(), time(), RandomPlans.next(random, command.mode())));
        }
    }

    /** What there is in the cloud of a job. */
    List<Resource> inCloud(UUID job) {
        return cloud.of(job);
    }

    private void client() {
        UUID job = jobs.get(random.nextInt(jobs.size()));
        if (random.nextInt(8) == 0) {
            publish(new CancellationRequested(job, Events.VM, time(), "carol", null, null));
        } else if (random.nextInt(16) == 0 && observer.status(job) != null) {
            publish(new RedriveRequested(
                    job, Events.VM, time(), new UUID(random.nextLong(), random.nextLong()), "carol"));
        } else if (observer.status(job) == JobStatus.PLANNED) {
            execute(job);
        }
    }

    private void execute(UUID job) {
        publish(new ExecutionRequested(job, Events.VM, time(), new UUID(random.nextLong(), random.nextLong()), "bob"));
    }

    private void fault() {
        int fate = random.nextInt(4);
        if (fate == 0 && executors.atWork()) {
            // An executor dies; its record was not committed, so another one takes the command.
            commands.add(executors.die());
        } else if (fate == 1 && random.nextInt(20) == 0) {
            states.values().stream()
                    .flatMap(job ->
                            Overdue.event(job, now.plus(STALE_AFTER).plusSeconds(60), STALE_AFTER, STALE_AFTER)
                                    .stream())
                    .toList()
                    .forEach(this::publish);
        }
    }

    private void publish(RestoreEvent event) {
        log.add(event);
        observer.published(event);
    }

    /** Clocks of different machines differ. */
    private Instant time() {
        return now.plusSeconds(random.nextInt(11) - 5);
    }
}
