package io.vmrestore.support.access;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;

/**
 * Which permission some paths need.
 *
 * @param method that the rule is for; null: every
 * @param patterns such as {@code /internal/**}
 */
public record PathRule(Permission permission, @Nullable HttpMethod method, List<String> patterns) {

    /** Keeps its own copy. */
    public PathRule {
        patterns = List.copyOf(patterns);
    }

    public static PathRule any(Permission permission, String... patterns) {
        return new PathRule(permission, null, List.of(patterns));
    }

    public static PathRule post(Permission permission, String... patterns) {
        return new PathRule(permission, HttpMethod.POST, List.of(patterns));
    }
}
