package io.vmrestore.common.lifecycle;

import io.vmrestore.common.contract.Failure;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.RestoreCommand.RunStep;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.StepCompleted;
import io.vmrestore.common.contract.RestoreEvent.StepFailed;
import io.vmrestore.common.contract.RestoreEvent.StepProgressed;
import io.vmrestore.common.contract.RestoreEvent.StepStarted;
import io.vmrestore.common.contract.StepAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Executors that work on steps at random: they finish, fail, stop, die, or freeze and go on when nobody expects it. */
final class RandomExecutors {
    private final Random random;
    private final Observer observer;
    private final TinyCloud cloud;
    private final Supplier<Instant> clock;
    private final Consumer<RestoreEvent> log;
    private final List<Execution> executions = new ArrayList<>();
    /** Attempts that made or may make something; any of them may be frozen and go on when nobody expects it. */
    private final List<StepAddress> makers = new ArrayList<>();
    /** What frozen executors have made and will tell. */
    private final List<StepProgressed> unsaid = new ArrayList<>();

    /** An attempt that an executor is at, and the events it has still to publish. */
    private record Execution(RunStep command, List<Supplier<RestoreEvent>> script) {}

    RandomExecutors(
            Random random, Observer observer, TinyCloud cloud, Supplier<Instant> clock, Consumer<RestoreEvent> log) {
        this.random = random;
        this.observer = observer;
        this.cloud = cloud;
        this.clock = clock;
        this.log = log;
    }

    boolean atWork() {
        return !executions.isEmpty();
    }

    /** Whether there is anything left to do or to tell. */
    boolean busy() {
        return atWork() || !unsaid.isEmpty();
    }

    void begin(RunStep command) {
        if (TinyCloud.makes(command.step())) {
            makers.add(command.step());
        }
        executions.add(new Execution(command, script(command)));
    }

    /** One of them dies in the middle of its work; returns the command that it leaves. */
    RunStep die() {
        return executions.remove(random.nextInt(executions.size())).command();
    }

    /** Some of the steps at work hear of it in time and give up where they are. */
    void stop(UUID job) {
        List<Execution> hearing = executions.stream()
                .filter(execution -> execution.command().jobId().equals(job))
                .filter(execution -> !execution.command().step().action().rollback())
                .filter(_ -> random.nextBoolean())
                .toList();
        for (Execution execution : hearing) {
            executions.remove(execution);
            StepAddress step = execution.command().step();
            Failure stopped = Failure.of(FailureKind.STOPPED, "the restore is being stopped");
            log.accept(new StepFailed(step, clock.get(), stopped, false, cloud.made(step), Map.of()));
        }
    }

    void answer() {
        if (executions.isEmpty()) {
            return;
        }
        int index = random.nextInt(executions.size());
        Execution execution = executions.get(index);
        log.accept(execution.script().removeFirst().get());
        if (execution.script().isEmpty()) {
            executions.remove(index);
        }
    }

    private List<Supplier<RestoreEvent>> script(RunStep command) {
        StepAddress step = command.step();
        List<Supplier<RestoreEvent>> script = new ArrayList<>();
        if (random.nextInt(10) > 0) {
            script.add(() -> new StepStarted(step, clock.get(), "executor"));
        }
        boolean tells = random.nextBoolean();
        Supplier<List<Resource>> told = () -> tells ? cloud.made(step) : List.of();
        for (int report = random.nextInt(3); report > 0; report--) {
            int number = report;
            script.add(() -> new StepProgressed(step, clock.get(), told.get(), Map.of("report", number)));
        }
        int fate = random.nextInt(20);
        if (fate < 15) {
            script.add(() -> completed(command));
        } else {
            Failure failure = Failure.of(FailureKind.CLOUD_UNAVAILABLE, "no answer");
            script.add(() -> new StepFailed(step, clock.get(), failure, fate < 18, told.get(), Map.of()));
        }
        return script;
    }

    /** Makes what the step makes, or removes what it removes. */
    private StepCompleted completed(RunStep command) {
        StepAddress step = command.step();
        List<Resource> named = named(step);
        return new StepCompleted(
                step, clock.get(), named, Map.of(), Events.done(step).result());
    }

    private List<Resource> named(StepAddress step) {
        if (step.action().namesWhatItRemoved()) {
            return cloud.removeTwins(step.jobId(), observer.used(step.jobId()));
        }
        Integer undone = observer.state(step.jobId())
                .step(step.stepOrder())
                .orElseThrow()
                .plan()
                .undoes();
        return undone == null ? cloud.made(step) : cloud.removeAll(step.jobId() + "/" + undone);
    }

    /** An executor that was frozen goes on: it makes what it was about to make, and tells of it at some time. */
    void wake() {
        if (makers.isEmpty() || random.nextInt(4) > 0) {
            sayLate();
            return;
        }
        StepAddress step = makers.get(random.nextInt(makers.size()));
        unsaid.add(new StepProgressed(step, clock.get(), List.of(cloud.twin(step)), Map.of("late", true)));
    }

    void sayLate() {
        if (!unsaid.isEmpty()) {
            log.accept(unsaid.remove(random.nextInt(unsaid.size())));
        }
    }
}
