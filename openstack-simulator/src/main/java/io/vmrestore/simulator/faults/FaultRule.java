package io.vmrestore.simulator.faults;

import java.util.regex.Pattern;

/**
 * When a fault happens.
 *
 * @param match a regular expression that has to be found in the call or in the resource's name
 * @param times how many more times; {@link #ALWAYS}: until the rule is removed
 */
public record FaultRule(String id, String match, int times, Fault fault) {
    public static final int ALWAYS = -1;

    public FaultRule {
        if (times < ALWAYS || times == 0) {
            throw new IllegalArgumentException("times must be positive, or -1 for always, but is " + times);
        }
        Pattern.compile(match);
    }

    boolean matches(String subject) {
        return Pattern.compile(match).matcher(subject).find();
    }
}
