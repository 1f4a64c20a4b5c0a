package io.vmrestore.survey.create;

import java.util.Locale;
import java.util.Set;

/**
 * The host name that Nova derives from a server's name. Newer releases make dashes of dots, older ones keep them. A
 * port whose DNS name is another lets the server end in ERROR after it was accepted.
 */
public final class HostName {
    private static final int LONGEST = 63;

    private HostName() {}

    /** Whether a server of this name has this host name in every release. */
    public static boolean certainly(String hostName, String serverName) {
        return of(serverName).equals(Set.of(hostName.toLowerCase(Locale.ROOT)));
    }

    /** What the host name may be; empty where Nova makes one of the server's id. */
    static Set<String> of(String serverName) {
        String dashes = serverName.replaceAll("[ _]", "-");
        String withDots = sanitized(dashes);
        String withoutDots = sanitized(dashes.replace('.', '-'));
        return withDots.isEmpty() || withoutDots.isEmpty()
                ? Set.of()
                : withDots.equals(withoutDots) ? Set.of(withDots) : Set.of(withDots, withoutDots);
    }

    private static String sanitized(String name) {
        String known = name.replaceAll("[^A-Za-z0-9.-]+", "").toLowerCase(Locale.ROOT);
        String stripped = known.replaceAll("^[.-]+|[.-]+$", "");
        return stripped.length() <= LONGEST
                ? stripped
                : stripped.substring(0, LONGEST).replaceAll("-+$", "");
    }
}
