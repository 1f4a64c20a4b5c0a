package io.vmrestore.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** How a command ends, for scripts. */
public final class ExitCode {
    public static final int DONE = 0;
    public static final int BROKEN = 1;
    public static final int USAGE = 2;
    public static final int NOT_FOUND = 3;
    public static final int REFUSED = 4;
    public static final int FAILED = 5;
    public static final int CANCELLED = 6;
    public static final int TIMED_OUT = 7;

    private ExitCode() {}

    /** Each with its meaning, as help shows it. */
    static Map<String, String> meanings() {
        Map<Integer, String> meanings = new LinkedHashMap<>();
        meanings.put(DONE, "done");
        meanings.put(BROKEN, "something broke or is not reachable; the reason is on standard error");
        meanings.put(USAGE, "no such command, or not used like this");
        meanings.put(NOT_FOUND, "not found; for status: nothing is running");
        meanings.put(REFUSED, "refused; the reason is on standard error");
        meanings.put(FAILED, "the restore failed");
        meanings.put(CANCELLED, "the restore was cancelled");
        meanings.put(TIMED_OUT, "not done in time");
        meanings.put(130, "interrupted with Ctrl-C");
        Map<String, String> shown = new LinkedHashMap<>();
        meanings.forEach((code, meaning) -> shown.put(Integer.toString(code), meaning));
        return shown;
    }
}
