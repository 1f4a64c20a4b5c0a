package io.vmrestore.simulator.faults;

import io.vmrestore.simulator.engine.Engine;
import io.vmrestore.simulator.engine.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The faults in force; thread-safe, and kept with the cloud's state. The oldest matching rule wins and is used up by
 * being applied.
 */
public final class Faults {
    private final Engine engine;
    private final Table<FaultRule> rules;

    public Faults(Engine engine) {
        this.engine = engine;
        this.rules = engine.table("faults", FaultRule.class);
    }

    /**
     * Makes the next {@code times} matching calls or resources fail.
     *
     * @param match a regular expression: found in {@code METHOD /path?query} or in the resource's name or id
     */
    public FaultRule add(String match, int times, Fault fault) {
        return add(match, 1, times, fault);
    }

    /** As {@link #add(String, int, Fault)}, but only each {@code every}-th match fails. */
    public FaultRule add(String match, int every, int times, Fault fault) {
        return add(match, every, times, null, fault);
    }

    /**
     * As {@link #add(String, int, int, Fault)}, but for a time.
     *
     * @param duration after which the rule is gone, used up or not; null: it has all the time it needs
     */
    public FaultRule add(String match, int every, int times, @Nullable Duration duration, Fault fault) {
        return engine.execute(() -> {
            @Nullable Instant end = duration == null ? null : engine.now().plus(duration);
            return rules.put(new FaultRule(nextId(), match, every, times, 0, fault, end));
        });
    }

    /** Makes every matching call or resource fail for this time. */
    public FaultRule during(Duration duration, String match, Fault fault) {
        return add(match, 1, FaultRule.ALWAYS, duration, fault);
    }

    /** Makes the next matching call or resource fail. */
    public FaultRule once(String match, Fault fault) {
        return add(match, 1, fault);
    }

    /** Makes every matching call or resource fail until the rule is removed. */
    public FaultRule always(String match, Fault fault) {
        return add(match, FaultRule.ALWAYS, fault);
    }

    public List<FaultRule> rules() {
        return engine.execute(() -> current().toList());
    }

    /** Ends a rule; false: there is none with this id. */
    public boolean remove(String id) {
        return engine.execute(() -> {
            boolean known = rules.find(id).isPresent();
            rules.remove(id);
            return known;
        });
    }

    public void clear() {
        engine.run(() -> rules().forEach(rule -> rules.remove(rule.id())));
    }

    /**
     * Applies a rule with this kind of fault, if there is one.
     *
     * @param subjects the call, or what tells the resource; one has to match
     */
    public <F extends Fault> Optional<F> take(Class<F> kind, String... subjects) {
        return take(kind, any -> true, subjects);
    }

    /** As {@link #take(Class, String...)}, but only with a fault that the condition accepts. */
    public <F extends Fault> Optional<F> take(Class<F> kind, Predicate<F> condition, String... subjects) {
        return engine.execute(() -> {
            for (FaultRule rule : matching(kind, condition, subjects).toList()) {
                if (rule.isDue()) {
                    useUp(rule);
                    return Optional.of(kind.cast(rule.fault()));
                }
                rules.put(rule.passed());
            }
            return Optional.empty();
        });
    }

    /** A lasting condition, if one of its rules matches. */
    public <F extends Fault.Lasting> Optional<F> lasting(Class<F> kind, String... subjects) {
        return engine.execute(
                () -> matching(kind, any -> true, subjects).findFirst().map(rule -> kind.cast(rule.fault())));
    }

    /** Every lasting condition of a kind whose rule matches, oldest first. */
    public <F extends Fault.Lasting> List<F> allLasting(Class<F> kind, String... subjects) {
        return engine.execute(() -> matching(kind, any -> true, subjects)
                .map(rule -> kind.cast(rule.fault()))
                .toList());
    }

    /** Whether any rule has this kind of fault, whatever it is matched against. */
    public boolean has(Class<? extends Fault> kind) {
        return engine.execute(() -> rules.stream().anyMatch(rule -> kind.isInstance(rule.fault())));
    }

    /** The rules in force; those whose time is over are forgotten. */
    private Stream<FaultRule> current() {
        rules.stream().filter(rule -> rule.isOver(engine.now())).toList().forEach(rule -> rules.remove(rule.id()));
        return rules.stream();
    }

    private <F extends Fault> Stream<FaultRule> matching(Class<F> kind, Predicate<F> condition, String... subjects) {
        return current()
                .filter(rule -> kind.isInstance(rule.fault()) && condition.test(kind.cast(rule.fault())))
                .filter(rule -> rule.matches(subjects));
    }

    private void useUp(FaultRule rule) {
        if (rule.times() == 1) {
            rules.remove(rule.id());
        } else {
            rules.put(rule.happened());
        }
    }

    private String nextId() {
        int last = rules.stream()
                .mapToInt(rule -> Integer.parseInt(rule.id()))
                .max()
                .orElse(0);
        return Integer.toString(last + 1);
    }
}
