package io.vmrestore.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** How a command ends, for scripts. */
public final class ExitCode {
    public static final int DONE = 0;
    public static final int REFUSED = 1;
    public static final int USAGE = 2;

    private ExitCode() {}

    /** Each with its meaning, as help shows it. */
    static Map<String, String> meanings() {
        Map<String, String> meanings = new LinkedHashMap<>();
        meanings.put(Integer.toString(DONE), "done");
        meanings.put(Integer.toString(REFUSED), "refused or failed; the reason is on standard error");
        meanings.put(Integer.toString(USAGE), "no such command, or not used like this");
        return meanings;
    }
}
