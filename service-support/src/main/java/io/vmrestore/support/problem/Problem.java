package io.vmrestore.support.problem;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One problem, ready to be told to the client.
 *
 * @param detail what happened and what to do; never a secret, never a stack trace
 * @param errors the parts of the request that are wrong
 * @param members further members of the problem document
 * @param headers further headers of the answer
 */
public record Problem(
        ProblemKind kind,
        String detail,
        List<FieldError> errors,
        Map<String, Object> members,
        Map<String, String> headers) {
    /** Whoever sends thousands of wrong fields gets no answer of that size back. */
    private static final int MOST_ERRORS = 20;

    public static Problem of(ProblemKind kind, String detail) {
        return new Problem(kind, detail, List.of(), Map.of(), Map.of());
    }

    /** A problem whose detail is made of its field errors; {@code more_errors} counts those that it leaves out. */
    public static Problem of(ProblemKind kind, List<FieldError> errors) {
        List<FieldError> told = errors.stream().limit(MOST_ERRORS).toList();
        int more = errors.size() - told.size();
        String detail = told.stream()
                .map(FieldError::sentence)
                .collect(Collectors.joining("; ", "", more == 0 ? "." : "; and " + more + " more."));
        Problem problem = new Problem(kind, detail, told, Map.of(), Map.of());
        return more == 0 ? problem : problem.with("more_errors", more);
    }

    /** The same problem in other words. */
    public Problem withDetail(String words) {
        return new Problem(kind, words, errors, members, headers);
    }

    public Problem with(String member, Object value) {
        return new Problem(kind, detail, errors, plus(members, member, value), headers);
    }

    public Problem header(String name, String value) {
        return new Problem(kind, detail, errors, members, plus(headers, name, value));
    }

    /** Tells the client when to try again; whole seconds, at least one. */
    public Problem retryAfter(Duration wait) {
        return header(
                "Retry-After", Long.toString(Math.max(1, wait.plusMillis(999).toSeconds())));
    }

    public ProblemException asException() {
        return new ProblemException(this);
    }

    private static <T> Map<String, T> plus(Map<String, T> known, String name, T value) {
        Map<String, T> more = new LinkedHashMap<>(known);
        more.put(name, value);
        return Map.copyOf(more);
    }
}
