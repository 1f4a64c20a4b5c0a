package io.vmrestore.gateway.http;

import io.vmrestore.support.problem.FieldError;
import io.vmrestore.support.problem.Problem;
import io.vmrestore.support.problem.ProblemException;
import io.vmrestore.support.problem.ProblemKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * The parameters of a request. Errors are collected while they are read and told all at once by {@link #check}; until
 * then the values may be placeholders. Unknown ones were refused before, see {@link KnownParameters}.
 */
public final class Parameters {
    private final MultiValueMap<String, String> query;
    private final List<FieldError> errors = new ArrayList<>();

    public Parameters(MultiValueMap<String, String> query) {
        this.query = query;
    }

    /** An id that is part of the path, in the one spelling of ids. */
    public String idInPath(String name, String value, Function<String, Optional<String>> check) {
        check.apply(value).ifPresent(wrong -> errors.add(FieldError.ofParameter(name, wrong)));
        return Checks.canonicalId(value);
    }

    /** A parameter of the query string that must be there. */
    public String required(String name, Function<String, Optional<String>> check) {
        @Nullable String value = optional(name, check);
        if (!query.containsKey(name)) {
            errors.add(FieldError.ofParameter(name, "is required"));
        }
        return value == null ? "" : value;
    }

    /** A parameter of the query string; null if it is absent or wrong. */
    @Nullable
    public String optional(String name, Function<String, Optional<String>> check) {
        @Nullable List<String> values = query.get(name);
        if (values == null) {
            return null;
        }
        if (values.size() > 1) {
            errors.add(FieldError.ofParameter(name, "is given " + values.size() + " times and may be given once"));
            return null;
        }
        // "?limit" without "=" has no value at all.
        String value = values.getFirst() == null ? "" : values.getFirst();
        Optional<String> wrong = check.apply(value);
        wrong.ifPresent(detail -> errors.add(FieldError.ofParameter(name, detail)));
        return wrong.isPresent() ? null : value;
    }

    /** A parameter that may be given several times; each value once, empty if it is absent or wrong. */
    public List<String> several(String name, Function<String, Optional<String>> check) {
        List<String> values = query.getOrDefault(name, List.of()).stream()
                .map(value -> Objects.requireNonNullElse(value, ""))
                .distinct()
                .toList();
        List<FieldError> wrong = values.stream()
                .flatMap(value -> check.apply(value).stream())
                .distinct()
                .map(detail -> FieldError.ofParameter(name, detail))
                .toList();
        errors.addAll(wrong);
        return wrong.isEmpty() ? values : List.of();
    }

    /** @throws ProblemException 400 with every error so far */
    public void check() {
        if (!errors.isEmpty()) {
            throw Problem.of(ProblemKind.INVALID_REQUEST, errors).asException();
        }
    }
}
