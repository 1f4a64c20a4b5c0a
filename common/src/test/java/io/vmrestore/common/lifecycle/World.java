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
import io.vmrestore.common.contract.RestoreEvent.StepCompleted;
import io.vmrestore.common.contract.RestoreEvent.StepFailed;
import io.vmrestore.common.contract.RestoreEvent.StepProgressed;
import io.vmrestore.common.contract.RestoreEvent.StepStarted;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.common.contract.StepAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;

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
    private final List<Execution> executions = new ArrayList<>();
    private final TinyCloud cloud = new TinyCloud();
    /** Attempts that made or may make something; any of them may be frozen and go on when nobody expects it. */
    private final List<StepAddress> makers = new ArrayList<>();
    /** What frozen executors have made and will tell. */
    private final List<StepProgressed> unsaid = new ArrayList<>();

    private Map<UUID, JobState> states = new LinkedHashMap<>();
    private int position;
    /** How much of the log the stored states contain. */
    private int contained;

    private Map<UUID, JobState> committedStates = Map.of();
    private int committedPosition;
    private Instant now = Events.T0;
    private boolean faults = true;

    /** An attempt that an executor is at, and the events it has still to publish. */
    private record Execution(RunStep command, List<Supplier<RestoreEvent>> script) {}

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
            case 20 -> wake();
            case 0, 1, 2, 3, 4, 5, 6, 7 -> dispatch();
            case 8, 9, 10 -> takeCommand();
            case 11, 12, 13, 14, 15 -> answer();
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
            while (position < log.size() || !commands.isEmpty() || !executions.isEmpty() || !unsaid.isEmpty()) {
                now = now.plusSeconds(1);
                sayLate();
                dispatch();
                takeCommand();
                answer();
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
        committedStates = Map.copyOf(states);
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
            case RunStep run -> {
                if (TinyCloud.makes(run.step())) {
                    makers.add(run.step());
                }
                executions.add(new Execution(run, script(run)));
            }
            case StopSteps stop -> stop(stop.jobId());
        }
    }

    /** Some of the steps at work hear of it in time and give up where they are. */
    private void stop(UUID job) {
        List<Execution> hearing = executions.stream()
                .filter(execution -> execution.command().jobId().equals(job))
                .filter(execution -> !execution.command().step().action().rollback())
                .filter(_ -> random.nextBoolean())
                .toList();
        for (Execution execution : hearing) {
            executions.remove(execution);
            StepAddress step = execution.command().step();
            Failure stopped = Failure.of(FailureKind.STOPPED, "the restore is being stopped");
            publish(new StepFailed(step, time(), stopped, false, cloud.made(step), Map.of()));
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

    private void answer() {
        if (executions.isEmpty()) {
            return;
        }
        int index = random.nextInt(executions.size());
        Execution execution = executions.get(index);
        publish(execution.script().removeFirst().get());
        if (execution.script().isEmpty()) {
            executions.remove(index);
        }
    }

    private List<Supplier<RestoreEvent>> script(RunStep command) {
        StepAddress step = command.step();
        List<Supplier<RestoreEvent>> script = new ArrayList<>();
        if (random.nextInt(10) > 0) {
            script.add(() -> new StepStarted(step, time(), "executor"));
        }
        boolean tells = random.nextBoolean();
        Supplier<List<Resource>> told = () -> tells ? cloud.made(step) : List.of();
        for (int report = random.nextInt(3); report > 0; report--) {
            int number = report;
            script.add(() -> new StepProgressed(step, time(), told.get(), Map.of("report", number)));
        }
        int fate = random.nextInt(20);
        if (fate < 15) {
            script.add(() -> completed(command));
        } else {
            Failure failure = Failure.of(FailureKind.CLOUD_UNAVAILABLE, "no answer");
            script.add(() -> new StepFailed(step, time(), failure, fate < 18, told.get(), Map.of()));
        }
        return script;
    }

    /** Makes what the step makes, or removes what it removes. */
    private StepCompleted completed(RunStep command) {
        StepAddress step = command.step();
        List<Resource> named = named(step);
        return new StepCompleted(
                step, time(), named, Map.of(), Events.done(step).result());
    }

    private List<Resource> named(StepAddress step) {
        if (step.action().namesWhatItRemoved()) {
            return cloud.removeTwins(step.jobId(), used(step.jobId()));
        }
        Integer undone = observer.state(step.jobId())
                .step(step.stepOrder())
                .orElseThrow()
                .plan()
                .undoes();
        return undone == null ? cloud.made(step) : cloud.removeAll(step.jobId() + "/" + undone);
    }

    /** What the steps of a restore go on with. */
    List<Resource> used(UUID job) {
        return observer.state(job)
                .forwardSteps()
                .filter(step -> !step.plan().action().namesWhatItRemoved())
                .flatMap(step -> step.resources().stream()
                        .filter(resource -> resource.id().equals(step.made())))
                .toList();
    }

    /** An executor that was frozen goes on: it makes what it was about to make, and tells of it at some time. */
    private void wake() {
        if (makers.isEmpty() || random.nextInt(4) > 0) {
            sayLate();
            return;
        }
        StepAddress step = makers.get(random.nextInt(makers.size()));
        unsaid.add(new StepProgressed(step, time(), List.of(cloud.twin(step)), Map.of("late", true)));
    }

    private void sayLate() {
        if (!unsaid.isEmpty()) {
            publish(unsaid.remove(random.nextInt(unsaid.size())));
        }
    }

    /** What there is in the cloud of a job. */
    List<Resource> inCloud(UUID job) {
        return cloud.of(job);
    }

    private void client() {
        UUID job = jobs.get(random.nextInt(jobs.size()));
        if (random.nextInt(8) == 0) {
            publish(new CancellationRequested(job, Events.VM, time(), "carol", null));
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
        if (fate == 0 && !executions.isEmpty()) {
            // An executor dies; its record was not committed, so another one takes the command.
            commands.add(executions.remove(random.nextInt(executions.size())).command());
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
