package io.vmrestore.simulator.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.ListIterator;
import java.util.Optional;
import java.util.function.Predicate;

/** The faults in force; thread-safe. The oldest matching rule wins and is used up by being applied. */
public final class Faults {
    private final List<FaultRule> rules = new ArrayList<>();
    private int lastId;

    /**
     * Makes the next {@code times} matching calls or resources fail.
     *
     * @param match a regular expression: found in {@code METHOD /path?query} or in the resource's name
     */
    public synchronized FaultRule add(String match, int times, Fault fault) {
        lastId++;
        FaultRule rule = new FaultRule(Integer.toString(lastId), match, times, fault);
        rules.add(rule);
        return rule;
    }

    /** Makes the next matching call or resource fail. */
    public FaultRule once(String match, Fault fault) {
        return add(match, 1, fault);
    }

    public synchronized List<FaultRule> rules() {
        return List.copyOf(rules);
    }

    /** Ends a rule; false: there is none with this id. */
    public synchronized boolean remove(String id) {
        return rules.removeIf(rule -> rule.id().equals(id));
    }

    public synchronized void clear() {
        rules.clear();
    }

    /** Applies a rule with this kind of fault to the call or resource name, if there is one. */
    public <F extends Fault> Optional<F> take(Class<F> kind, String subject) {
        return take(kind, subject, any -> true);
    }

    /** As {@link #take(Class, String)}, but only with a fault that the condition accepts. */
    public synchronized <F extends Fault> Optional<F> take(Class<F> kind, String subject, Predicate<F> condition) {
        ListIterator<FaultRule> each = rules.listIterator();
        while (each.hasNext()) {
            FaultRule rule = each.next();
            if (kind.isInstance(rule.fault()) && condition.test(kind.cast(rule.fault())) && rule.matches(subject)) {
                useUp(each, rule);
                return Optional.of(kind.cast(rule.fault()));
            }
        }
        return Optional.empty();
    }

    private static void useUp(ListIterator<FaultRule> position, FaultRule rule) {
        if (rule.times() == 1) {
            position.remove();
        } else if (rule.times() > 1) {
            position.set(new FaultRule(rule.id(), rule.match(), rule.times() - 1, rule.fault()));
        }
    }
}
