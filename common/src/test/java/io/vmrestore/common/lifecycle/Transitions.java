package io.vmrestore.common.lifecycle;

import io.vmrestore.common.contract.EventType;
import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.StepEvent;
import io.vmrestore.common.contract.RestoreEvent.StepSkipped;
import io.vmrestore.common.lifecycle.Transition.Applied;
import io.vmrestore.common.lifecycle.Transition.Ignored;
import io.vmrestore.common.lifecycle.Transition.Illegal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What each event may do to a restore and to the step that it is about: the declared behaviour of {@link Evolution}.
 * {@link TransitionsTest} holds both against each other, {@link StatesPageTest} writes {@code docs/states.md}.
 *
 * <p>One line a status and events: the outcomes, each with its condition. {@code -> X} is applied and leads to X.
 */
final class Transitions {
    /** The status of a restore that nobody has asked for. */
    static final String UNKNOWN = "(unknown)";

    /** A pending step that was commanded, so that an answer may come. */
    static final String COMMANDED = "COMMANDED";

    private static final String JOB = """
        (unknown)   RestoreRequested       -> PLANNING: a client asks for a plan
        (unknown)   *                      illegal: the job is unknown

        PLANNING    PlanCreated            -> PLANNED: the plan is made; illegal: it could not be followed to its end
        PLANNING    PlanRejected           -> FAILED: no plan is possible
        PLANNING    RestoreInterrupted     -> INTERRUPTED: no sign of life, or an operator gives it up
        PLANNING    RestoreRequested ExecutionRequested ExecutionRefused RestoreStarted RestoreDryRun CancellationRequested   ignored: there is no plan yet
        PLANNING    RedriveRequested       ignored: it asks for what is outstanding
        PLANNING    *                      illegal: nothing was commanded

        PLANNED     ExecutionRequested     -> PENDING: a client asks to execute; ignored: the plan is being cancelled, or this request was refused
        PLANNED     CancellationRequested  -> PLANNED: a client cancels, or the plan expires; ignored: it is being cancelled
        PLANNED     RestoreCancelled       -> CANCELLED: it is cancelled; illegal: nobody asked
        PLANNED     RestoreInterrupted     -> INTERRUPTED: no sign of life, or an operator gives it up
        PLANNED     RestoreRequested PlanCreated PlanRejected ExecutionRefused RestoreStarted RestoreDryRun   ignored: it says nothing new
        PLANNED     RedriveRequested       ignored: it asks for what is outstanding
        PLANNED     *                      illegal: nothing was commanded

        PENDING     RestoreStarted         -> RUNNING: the execution is admitted; ignored: it is not about this request
        PENDING     ExecutionRefused       -> PLANNED: the execution is refused; ignored: it is not about this request
        PENDING     RestoreDryRun          -> DRY_RUN: dry run is on; ignored: it is not about this request
        PENDING     CancellationRequested  -> PENDING: a client cancels; ignored: it is being cancelled
        PENDING     RestoreCancelled       -> CANCELLED: it is cancelled; illegal: nobody asked
        PENDING     RestoreInterrupted     -> INTERRUPTED: no sign of life, a restart that ends restores, or an operator gives it up
        PENDING     RestoreRequested PlanCreated PlanRejected ExecutionRequested   ignored: it says nothing new
        PENDING     RedriveRequested       ignored: it asks for what is outstanding
        PENDING     *                      illegal: nothing was commanded

        RUNNING     StepStarted StepProgressed StepCompleted StepFailed   -> RUNNING: a step is answered; ignored: it says nothing new; illegal: it was not commanded, or lacks what later steps need
        RUNNING     StepSkipped            -> RUNNING: the step is never commanded; ignored: it is skipped; illegal: it was commanded, or nothing has failed
        RUNNING     CancellationRequested  -> RUNNING: a client cancels; ignored: it is being stopped, or the original is being deleted
        RUNNING     RollbackStarted        -> RUNNING: no step is at work any more; ignored: the rollback has begun; illegal: steps are at work, or nothing has failed
        RUNNING     RestoreCompleted       -> COMPLETED: every step is completed; illegal: a step is not
        RUNNING     RestoreFailed          -> FAILED: a step has failed and the rollback is over; illegal: none has, or steps are at work
        RUNNING     RestoreCancelled       -> CANCELLED: a client has cancelled and the rollback is over; illegal: nobody has, or steps are at work
        RUNNING     RestoreInterrupted     -> INTERRUPTED: no sign of life, a restart that ends restores, or an operator gives it up
        RUNNING     RedriveRequested       ignored: it asks for what is outstanding
        RUNNING     *                      ignored: it says nothing new

        COMPLETED FAILED CANCELLED INTERRUPTED   StepProgressed StepCompleted StepFailed   -> same: it is the first to name a resource, which is left; ignored: it names none
        COMPLETED FAILED CANCELLED INTERRUPTED DRY_RUN   *   ignored: the status is final
        """;

    private static final String STEP = """
        PENDING     StepSkipped     -> SKIPPED: the restore is being stopped; illegal: it is not
        PENDING     *               illegal: it was never commanded

        COMMANDED   StepStarted     -> RUNNING: an executor begins the attempt; ignored: it is of an attempt before; illegal: of one never commanded
        COMMANDED   StepProgressed  -> COMMANDED: a sign of life, or the first name of a resource; ignored: nothing new; illegal: of an attempt never commanded
        COMMANDED   StepCompleted   -> COMPLETED: the attempt succeeded; -> COMMANDED: one before did, and is the first to name a resource; ignored: one before did; illegal: of an attempt never commanded, or without what later steps need
        COMMANDED   StepFailed      -> COMMANDED: the attempt failed and there is another, or one before names a resource; -> FAILED: the attempt failed for good; ignored: one before did; illegal: of an attempt never commanded
        COMMANDED   StepSkipped     illegal: it was commanded

        RUNNING     StepStarted     ignored: it has begun; illegal: of an attempt never commanded
        RUNNING     StepProgressed  -> RUNNING: a sign of life, or the first name of a resource; ignored: nothing new; illegal: of an attempt never commanded
        RUNNING     StepCompleted   -> COMPLETED: the attempt succeeded; -> RUNNING: one before did, and is the first to name a resource; ignored: one before did; illegal: of an attempt never commanded, or without what later steps need
        RUNNING     StepFailed      -> COMMANDED: the attempt failed and there is another; -> FAILED: the attempt failed for good; -> RUNNING: one before did, and is the first to name a resource; ignored: one before did; illegal: of an attempt never commanded
        RUNNING     StepSkipped     illegal: it was commanded

        COMPLETED FAILED   StepStarted     ignored: it has ended; illegal: of an attempt never commanded
        COMPLETED FAILED   StepProgressed StepCompleted StepFailed   -> same: it is the first to name a resource; ignored: it names none; illegal: of an attempt never commanded
        COMPLETED FAILED   StepSkipped     illegal: it was commanded

        SKIPPED     StepSkipped     ignored: it is skipped
        SKIPPED     *               illegal: it was never commanded
        """;

    static final List<String> JOB_EVENTS =
            Stream.of(EventType.values()).map(EventType::wireName).toList();
    static final List<String> STEP_EVENTS =
            List.of("StepStarted", "StepProgressed", "StepCompleted", "StepFailed", "StepSkipped");

    private static final Pattern LINE =
            Pattern.compile("((?:\\(unknown\\)|[A-Z_]+ ?)+?)\\s{2,}((?:\\w+ ?|\\*)+?)\\s{2,}(.+)");

    /**
     * One declared transition.
     *
     * @param to the status after an event that is applied; null if it is not applied
     * @param kind {@code applied}, {@code ignored} or {@code illegal}
     * @param rest whether the event is one of those that have no line of their own for the status
     */
    record Row(
            String from,
            String event,
            String kind,
            @Nullable String to,
            String when,
            boolean rest) {
        Step step() {
            return new Step(from, event, kind, to);
        }
    }

    /** What happened, as far as it is declared. */
    record Step(
            String from,
            String event,
            String kind,
            @Nullable String to) {
        @Override
        public String toString() {
            return from + " " + event + " " + (to == null ? kind : "-> " + to);
        }
    }

    private Transitions() {}

    static List<Row> ofJobs() {
        return rows(JOB, JOB_EVENTS);
    }

    static List<Row> ofSteps() {
        return rows(STEP, STEP_EVENTS);
    }

    /** What evolve answered, as a transition of the restore. */
    static Step ofJob(@Nullable JobState before, RestoreEvent event, Transition answer) {
        return step(
                before == null ? UNKNOWN : before.status().name(),
                event,
                answer,
                after -> after.status().name());
    }

    /** The same as a transition of the step that the event is about; null if it is about none of a running restore. */
    static @Nullable Step ofStep(@Nullable JobState before, RestoreEvent event, Transition answer) {
        int order = stepOf(event);
        if (before == null || before.status() != JobStatus.RUNNING) {
            return null;
        }
        return before.step(order)
                .map(step -> step(
                        phase(step),
                        event,
                        answer,
                        after -> phase(after.step(order).orElseThrow())))
                .orElse(null);
    }

    /** The order of the step that an event is about; 0 if about none. */
    static int stepOf(RestoreEvent event) {
        if (event instanceof StepEvent reported) {
            return reported.step().stepOrder();
        }
        return event instanceof StepSkipped skipped ? skipped.stepOrder() : 0;
    }

    static String phase(StepState step) {
        return step.inFlight() && step.status().name().equals("PENDING")
                ? COMMANDED
                : step.status().name();
    }

    private static Step step(String from, RestoreEvent event, Transition answer, Function<JobState, String> status) {
        String name = event.type().wireName();
        return switch (answer) {
            case Applied(JobState after) -> new Step(from, name, "applied", status.apply(after));
            case Ignored _ -> new Step(from, name, "ignored", null);
            case Illegal _ -> new Step(from, name, "illegal", null);
        };
    }

    private static List<Row> rows(String table, List<String> events) {
        Map<String, Set<String>> told = new TreeMap<>();
        List<Row> rows = new ArrayList<>();
        for (String line : table.lines().filter(text -> !text.isBlank()).toList()) {
            Matcher parts = LINE.matcher(line);
            if (!parts.matches()) {
                throw new IllegalStateException("Not 'status  events  outcomes': " + line);
            }
            for (String from : parts.group(1).strip().split(" ")) {
                Set<String> known = told.computeIfAbsent(from, _ -> new LinkedHashSet<>());
                boolean rest = parts.group(2).equals("*");
                List<String> named = rest
                        ? events.stream()
                                .filter(event -> !known.contains(event))
                                .toList()
                        : List.of(parts.group(2).strip().split(" "));
                for (String event : named) {
                    if (!events.contains(event) || !known.add(event)) {
                        throw new IllegalStateException(event + " is unknown or declared twice for " + from);
                    }
                    outcomes(from, event, rest, parts.group(3)).forEach(rows::add);
                }
            }
        }
        return rows;
    }

    private static List<Row> outcomes(String from, String event, boolean rest, String text) {
        List<Row> rows = new ArrayList<>();
        for (String outcome : text.split("; ")) {
            String[] parts = outcome.split(": ", 2);
            String what = parts[0];
            boolean applied = what.startsWith("-> ");
            String to = applied ? what.substring(3).replace("same", from) : null;
            rows.add(new Row(from, event, applied ? "applied" : what, to, parts[1], rest));
        }
        return rows;
    }
}
