package io.vmrestore.gateway.web;

import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.gateway.problem.FieldError;
import io.vmrestore.gateway.problem.Problem;
import io.vmrestore.gateway.problem.ProblemException;
import io.vmrestore.gateway.problem.ProblemKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/**
 * The query parameters of the list of jobs. An unknown one is an error: a misspelt filter that is ignored shows jobs
 * that nobody asked for.
 */
final class JobFilters {
    static final String MARKER = "marker";

    private static final int LONGEST_TEXT = 255;
    private static final int LONGEST_MARKER = 512;
    private static final int MOST_JOBS = 200;
    private static final String DEFAULT_LIMIT = "50";

    private static final Map<String, Filter> FILTERS = new LinkedHashMap<>();

    static {
        FILTERS.put("status", new Filter(value -> Checks.oneOf(JobStatus.class, value)));
        FILTERS.put("vm_id", new Filter(Checks::uuid, Checks::canonicalId));
        FILTERS.put("project_id", new Filter(Checks::projectId, Checks::canonicalId));
        FILTERS.put("mode", new Filter(value -> Checks.oneOf(RestoreMode.class, value)));
        FILTERS.put("requested_by", new Filter(value -> Checks.text(value, LONGEST_TEXT)));
        FILTERS.put("created_after", new Filter(Checks::time, Checks::inUtc));
        FILTERS.put("created_before", new Filter(Checks::time, Checks::inUtc));
        FILTERS.put("limit", new Filter(value -> Checks.range(value, 1, MOST_JOBS)));
        FILTERS.put(MARKER, new Filter(value -> Checks.text(value, LONGEST_MARKER)));
        FILTERS.put("with_count", new Filter(Checks::flag));
    }

    private JobFilters() {}

    /** How one parameter is checked, and how it is spelled for the status service. */
    private record Filter(Function<String, Optional<String>> check, UnaryOperator<String> spelling) {
        Filter(Function<String, Optional<String>> check) {
            this(check, UnaryOperator.identity());
        }
    }

    /**
     * Checks the parameters.
     *
     * @return those given, and the limit in any case
     * @throws ProblemException 400 that names each wrong one
     */
    static MultiValueMap<String, String> read(MultiValueMap<String, String> parameters) {
        List<FieldError> errors = new ArrayList<>();
        MultiValueMap<String, String> filters = new LinkedMultiValueMap<>();
        parameters.forEach((name, values) -> {
            Filter filter = FILTERS.get(name);
            if (filter == null) {
                errors.add(FieldError.ofParameter(
                        name, "is not known here; known are " + String.join(", ", FILTERS.keySet())));
            } else if (values.size() > 1) {
                errors.add(FieldError.ofParameter(name, "is given " + values.size() + " times and may be given once"));
            } else {
                // "?limit" without "=" has no value at all.
                String value = values.getFirst() == null ? "" : values.getFirst();
                Optional<String> wrong = filter.check().apply(value);
                wrong.ifPresent(detail -> errors.add(FieldError.ofParameter(name, detail)));
                if (wrong.isEmpty()) {
                    filters.set(name, filter.spelling().apply(value));
                }
            }
        });
        if (!errors.isEmpty()) {
            throw Problem.of(ProblemKind.INVALID_REQUEST, errors).asException();
        }
        filters.putIfAbsent("limit", List.of(DEFAULT_LIMIT));
        return filters;
    }
}
