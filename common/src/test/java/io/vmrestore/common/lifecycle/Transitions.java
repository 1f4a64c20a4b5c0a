package io.vmrestore.common.lifecycle;

import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.StepEvent;
import io.vmrestore.common.contract.RestoreEvent.StepSkipped;
import io.vmrestore.common.lifecycle.Transition.Applied;
import io.vmrestore.common.lifecycle.Transition.Ignored;
import io.vmrestore.common.lifecycle.Transition.Illegal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The tables of {@link JobTable} and {@link StepTable} as {@link StatesPage} shows them, and what {@link Evolution}
 * answered in the same words.
 */
final class Transitions {
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
        return rows(JobTable.TABLE);
    }

    static List<Row> ofSteps() {
        return rows(StepTable.TABLE);
    }

    /** What evolve answered, as a transition of the restore. */
    static Step ofJob(@Nullable JobState before, RestoreEvent event, Transition answer) {
        return step(
                before == null ? JobTable.UNKNOWN : before.status().name(),
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
                        StepPhase.of(step).name(),
                        event,
                        answer,
                        after -> StepPhase.of(after.step(order).orElseThrow()).name()))
                .orElse(null);
    }

    /** The order of the step that an event is about; 0 if about none. */
    static int stepOf(RestoreEvent event) {
        if (event instanceof StepEvent reported) {
            return reported.step().stepOrder();
        }
        return event instanceof StepSkipped skipped ? skipped.stepOrder() : 0;
    }

    private static Step step(String from, RestoreEvent event, Transition answer, Function<JobState, String> status) {
        String name = event.type().wireName();
        return switch (answer) {
            case Applied(JobState after) -> new Step(from, name, "applied", status.apply(after));
            case Ignored _ -> new Step(from, name, "ignored", null);
            case Illegal _ -> new Step(from, name, "illegal", null);
        };
    }

    private static List<Row> rows(TransitionTable table) {
        List<Row> rows = new ArrayList<>();
        table.rows().forEach(row -> rows.addAll(rows(row)));
        return rows;
    }

    /** One for each answer and status; conditions that lead to the same are told together. */
    private static List<Row> rows(TransitionTable.Row<?> row) {
        Map<String, Row> rows = new LinkedHashMap<>();
        for (Outcome<?> outcome : row.outcomes()) {
            String kind = outcome.kind().name().toLowerCase(Locale.ROOT);
            rows.merge(
                    kind + outcome.to(),
                    new Row(row.from(), row.event().wireName(), kind, outcome.to(), outcome.when(), row.rest()),
                    (one, other) -> new Row(
                            one.from(), one.event(), kind, one.to(), one.when() + ", or " + other.when(), one.rest()));
        }
        return List.copyOf(rows.values());
    }
}
