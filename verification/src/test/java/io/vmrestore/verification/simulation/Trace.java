package io.vmrestore.verification.simulation;

import java.util.Locale;

/** Everything that happened, one line each, with the virtual time in seconds. */
final class Trace {
    private final Schedule schedule;
    private final StringBuilder text = new StringBuilder();

    Trace(Schedule schedule) {
        this.schedule = schedule;
    }

    void add(String who, String what) {
        text.append(String.format(Locale.ROOT, "%10.3f  %-12s %s%n", schedule.nanos() / 1e9, who, what));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
