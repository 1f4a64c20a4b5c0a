package io.vmrestore.gateway.jobs;

import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.gateway.http.Checks;
import io.vmrestore.gateway.http.Parameters;
import io.vmrestore.gateway.http.ProblemException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** The query parameters of the list of jobs. */
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
    static MultiValueMap<String, String> read(MultiValueMap<String, String> query) {
        Parameters parameters = new Parameters(query);
        MultiValueMap<String, String> filters = new LinkedMultiValueMap<>();
        FILTERS.forEach((name, filter) -> {
            String value = parameters.optional(name, filter.check());
            if (value != null) {
                filters.set(name, filter.spelling().apply(value));
            }
        });
        parameters.check();
        filters.putIfAbsent("limit", List.of(DEFAULT_LIMIT));
        return filters;
    }
}
