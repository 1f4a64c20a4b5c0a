package io.vmrestore.simulator.faults;

import io.vmrestore.simulator.engine.Resource;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * When a fault happens.
 *
 * @param match a regular expression that has to be found in the call, or in what tells the resource
 * @param every only each time that this many matched: 1 each time, 3 the third, the sixth and so on
 * @param times how many more times it happens; {@link #ALWAYS}: until the rule is removed
 * @param seen how many matched so far
 * @param endsAt when it ends in any case; null: never
 */
public record FaultRule(
        String id,
        String match,
        int every,
        int times,
        int seen,
        Fault fault,
        @Nullable Instant endsAt) implements Resource {
    public static final int ALWAYS = -1;

    public FaultRule {
        if (times < ALWAYS || times == 0) {
            throw new IllegalArgumentException("times must be positive, or -1 for always, but is " + times);
        }
        if (every < 1) {
            throw new IllegalArgumentException("every must be positive, but is " + every);
        }
        Pattern.compile(match);
    }

    boolean isOver(Instant now) {
        return endsAt != null && !now.isBefore(endsAt);
    }

    boolean matches(String... subjects) {
        Pattern pattern = Pattern.compile(match);
        for (String subject : subjects) {
            if (pattern.matcher(subject).find()) {
                return true;
            }
        }
        return false;
    }

    /** Whether the fault happens to the match after those seen so far. */
    boolean isDue() {
        return (seen + 1) % every == 0;
    }

    FaultRule passed() {
        return new FaultRule(id, match, every, times, seen + 1, fault, endsAt);
    }

    FaultRule happened() {
        return new FaultRule(id, match, every, times == ALWAYS ? ALWAYS : times - 1, seen + 1, fault, endsAt);
    }
}
