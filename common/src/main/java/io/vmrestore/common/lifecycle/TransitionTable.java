package io.vmrestore.common.lifecycle;

import io.vmrestore.common.contract.EventType;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.lifecycle.Outcome.Answer;
import io.vmrestore.common.lifecycle.Outcome.Case;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What each event may do in each status, as data. A row has the outcomes that an event may meet, in the order in which
 * they are tried; the last one needs no condition. The table is what runs, and what {@code docs/states.md} shows.
 */
final class TransitionTable {
    private final List<EventType> events;
    private final Map<String, Map<EventType, Row<?>>> rows = new LinkedHashMap<>();

    /** @param events what the table is about; every status answers all of them */
    TransitionTable(List<EventType> events) {
        this.events = events;
    }

    /**
     * What one event may meet in one status.
     *
     * @param rest whether the event is one of those that have no row of their own in the status
     * @param elsewhere what decides instead of the outcomes, which only tell what may come of it; null if they decide
     */
    record Row<E extends RestoreEvent>(
            String from,
            EventType event,
            boolean rest,
            List<Outcome<E>> outcomes,
            @Nullable Answer<E> elsewhere) {

        private Transition answer(Case<?> it) {
            Case<E> own = own(it);
            return elsewhere != null ? elsewhere.to(own) : met(own).answer().to(own);
        }

        /** The first outcome whose condition holds. */
        Outcome<E> met(Case<?> it) {
            Case<E> own = own(it);
            return outcomes.stream()
                    .filter(outcome -> outcome.met(own))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(from + " " + event + " is not told to its end"));
        }

        /** The row was found by the type of the event. */
        @SuppressWarnings("unchecked")
        private Case<E> own(Case<?> it) {
            return (Case<E>) it;
        }
    }

    /** Begins the rows of one status. */
    Status in(Enum<?> status) {
        return in(status.name());
    }

    Status in(String status) {
        return new Status(status);
    }

    Transition answer(String from, Case<?> it) {
        return row(from, it.event().type()).answer(it);
    }

    Row<?> row(String from, EventType event) {
        Map<EventType, Row<?>> status = rows.get(from);
        Row<?> row = status == null ? null : status.get(event);
        if (row == null) {
            throw new IllegalStateException("No row for " + event + " in " + from);
        }
        return row;
    }

    /** Says that all is told. */
    void complete() {
        rows.forEach((from, row) -> events.stream()
                .filter(event -> !row.containsKey(event))
                .findFirst()
                .ifPresent(event -> {
                    throw new IllegalStateException("No row for " + event + " in " + from);
                }));
    }

    /** Every row, status by status. */
    List<Row<?>> rows() {
        List<Row<?>> all = new ArrayList<>();
        rows.values().forEach(status -> all.addAll(status.values()));
        return all;
    }

    /** The rows of one status; {@link #anyOther} comes last, if some are left. */
    final class Status {
        private final String from;
        private final Map<EventType, Row<?>> own = new LinkedHashMap<>();

        private Status(String from) {
            this.from = from;
            if (rows.put(from, own) != null) {
                throw new IllegalStateException(from + " is told twice");
            }
        }

        @SafeVarargs
        @SuppressWarnings("varargs")
        final <E extends RestoreEvent> Status on(Class<E> event, Outcome<E>... outcomes) {
            return on(List.of(event), outcomes);
        }

        @SafeVarargs
        @SuppressWarnings("varargs")
        final <E extends RestoreEvent> Status on(List<Class<? extends E>> types, Outcome<E>... outcomes) {
            types.forEach(type -> add(typeOf(type), false, List.of(outcomes), null));
            return this;
        }

        /** The outcomes tell what may come of it; the decision is made by another table. */
        @SafeVarargs
        @SuppressWarnings("varargs")
        final <E extends RestoreEvent> Status decidedBy(
                Answer<E> elsewhere, List<Class<? extends E>> types, Outcome<E>... outcomes) {
            types.forEach(type -> add(typeOf(type), false, List.of(outcomes), elsewhere));
            return this;
        }

        void anyOther(Outcome<RestoreEvent> outcome) {
            events.stream()
                    .filter(event -> !own.containsKey(event))
                    .forEach(event -> add(event, true, List.of(outcome), null));
        }

        private <E extends RestoreEvent> void add(
                EventType event, boolean rest, List<Outcome<E>> outcomes, @Nullable Answer<E> elsewhere) {
            if (outcomes.getLast().condition() != null || own.containsKey(event) || !events.contains(event)) {
                throw new IllegalStateException(from + " " + event + " is told twice, or not to its end");
            }
            own.put(event, new Row<>(from, event, rest, outcomes, elsewhere));
        }
    }

    private static EventType typeOf(Class<? extends RestoreEvent> record) {
        return Arrays.stream(EventType.values())
                .filter(type -> type.record() == record)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The catalog of events lacks " + record));
    }
}
