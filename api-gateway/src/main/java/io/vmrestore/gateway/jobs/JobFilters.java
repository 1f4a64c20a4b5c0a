package io.vmrestore.gateway.jobs;

import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.gateway.http.Checks;
import io.vmrestore.gateway.http.Parameters;
import io.vmrestore.support.api.JobListParameter;
import io.vmrestore.support.problem.ProblemException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** The query parameters of the list of jobs. */
final class JobFilters {

    private static final int LONGEST_TEXT = 255;
    private static final int LONGEST_MARKER = 512;
    private static final int MOST_JOBS = 200;
    private static final String DEFAULT_LIMIT = "50";

    private static final Map<JobListParameter, Filter> FILTERS = new EnumMap<>(JobListParameter.class);

    static {
        FILTERS.put(JobListParameter.STATUS, Filter.ofSeveral(value -> Checks.oneOf(JobStatus.class, value)));
        FILTERS.put(JobListParameter.VM_ID, new Filter(Checks::uuid, Checks::canonicalId));
        FILTERS.put(JobListParameter.PROJECT_ID, new Filter(Checks::projectId, Checks::canonicalId));
        FILTERS.put(JobListParameter.MODE, new Filter(value -> Checks.oneOf(RestoreMode.class, value)));
        FILTERS.put(JobListParameter.REQUESTED_BY, new Filter(value -> Checks.text(value, LONGEST_TEXT)));
        FILTERS.put(JobListParameter.CREATED_AFTER, new Filter(Checks::time, Checks::inUtc));
        FILTERS.put(JobListParameter.CREATED_BEFORE, new Filter(Checks::time, Checks::inUtc));
        FILTERS.put(JobListParameter.LIMIT, new Filter(value -> Checks.range(value, 1, MOST_JOBS)));
        FILTERS.put(JobListParameter.MARKER, new Filter(value -> Checks.text(value, LONGEST_MARKER)));
        FILTERS.put(JobListParameter.WITH_COUNT, new Filter(Checks::flag));
    }

    private JobFilters() {}

    /** How one parameter is checked, and how it is spelled for the status service. */
    private record Filter(Function<String, Optional<String>> check, UnaryOperator<String> spelling, boolean several) {
        Filter(Function<String, Optional<String>> check, UnaryOperator<String> spelling) {
            this(check, spelling, false);
        }

        Filter(Function<String, Optional<String>> check) {
            this(check, UnaryOperator.identity());
        }

        /** One of which any value will do. */
        static Filter ofSeveral(Function<String, Optional<String>> check) {
            return new Filter(check, UnaryOperator.identity(), true);
        }

        List<String> read(String name, Parameters parameters) {
            if (several) {
                return parameters.several(name, check);
            }
            String value = parameters.optional(name, check);
            return value == null ? List.of() : List.of(spelling.apply(value));
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
        FILTERS.forEach((parameter, filter) -> {
            String name = parameter.wireName();
            filter.read(name, parameters).forEach(value -> filters.add(name, value));
        });
        parameters.check();
        filters.putIfAbsent(JobListParameter.LIMIT.wireName(), List.of(DEFAULT_LIMIT));
        return filters;
    }
}
