package io.vmrestore.simulator.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Ends of conditions that no resource tells of, such as an address that stays taken for a while; kept in the store. */
public final class Deadlines {
    private final Engine engine;
    private final Table<Deadline> table;
    private final List<Kind> kinds = new ArrayList<>();

    /** The condition with this id ends at this time. */
    public record Deadline(String id, Instant due) implements Resource {}

    Deadlines(Engine engine) {
        this.engine = engine;
        this.table = engine.table("deadlines", Deadline.class);
    }

    /**
     * A kind of condition.
     *
     * @param name part of the file format
     * @param end what happens to the subject when its condition ends
     */
    public Kind kind(String name, Consumer<String> end) {
        Kind kind = new Kind(name + "/", end);
        kinds.add(kind);
        return kind;
    }

    /** Plans again what was under way when the state was written. */
    public void resume() {
        List.copyOf(table.all())
                .forEach(deadline -> kinds.stream()
                        .filter(kind -> deadline.id().startsWith(kind.prefix))
                        .forEach(kind -> kind.plan(deadline)));
    }

    /** All conditions of one kind. */
    public final class Kind {
        private final String prefix;
        private final Consumer<String> end;

        private Kind(String prefix, Consumer<String> end) {
            this.prefix = prefix;
            this.end = end;
        }

        /** The subject's condition begins, or begins anew, and ends after this time. */
        public void begin(String subject, Duration lasts) {
            plan(table.put(new Deadline(prefix + subject, engine.now().plus(lasts))));
        }

        /** The condition is over without its end having happened. */
        public void cancel(String subject) {
            table.remove(prefix + subject);
        }

        public boolean holds(String subject) {
            return table.find(prefix + subject).isPresent();
        }

        private void plan(Deadline deadline) {
            Duration left = Duration.between(engine.now(), deadline.due());
            engine.after(left.isNegative() ? Duration.ZERO : left, () -> finish(deadline));
        }

        private void finish(Deadline deadline) {
            if (table.find(deadline.id()).filter(deadline::equals).isPresent()) {
                table.remove(deadline.id());
                end.accept(deadline.id().substring(prefix.length()));
            }
        }
    }
}
