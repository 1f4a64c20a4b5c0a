package io.vmrestore.gateway.http;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long the client wants to wait (RFC 7240): {@code Prefer: wait=N}, {@code Prefer: respond-async}. What is not
 * understood is ignored, as the RFC demands.
 *
 * @param longestWait zero to be answered at once
 * @param applied the value of the answer's {@code Preference-Applied}; empty if the client has no preference
 */
public record Preference(Duration longestWait, Optional<String> applied) {
    /** Proxies commonly give up on an answer after a minute. */
    private static final int LONGEST_WAIT_SECONDS = 50;

    private static final Pattern WAIT = Pattern.compile("wait\\s*=\\s*\"?(\\d{1,9})\"?", Pattern.CASE_INSENSITIVE);

    /**
     * @param headers every {@code Prefer} header
     * @param byDefault the wait of a client without preference
     */
    public static Preference of(List<String> headers, Duration byDefault) {
        boolean async = false;
        for (String preference : String.join(",", headers).split(",", -1)) {
            String token = preference.split(";", 2)[0].strip();
            Matcher wait = WAIT.matcher(token);
            if (wait.matches()) {
                int seconds = Math.min(Integer.parseInt(wait.group(1)), LONGEST_WAIT_SECONDS);
                return new Preference(Duration.ofSeconds(seconds), Optional.of("wait=" + seconds));
            }
            async = async || token.equalsIgnoreCase("respond-async");
        }
        // With both, "wait" says from when on to respond asynchronously (RFC 7240, section 4.3).
        return async
                ? new Preference(Duration.ZERO, Optional.of("respond-async"))
                : new Preference(byDefault, Optional.empty());
    }
}
