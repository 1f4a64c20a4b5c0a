package io.vmrestore.support.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One page of the list of jobs, newest first.
 *
 * @param jobs an array of summaries
 * @param nextMarker where the next page begins; null on the last one
 * @param count jobs on all pages; null unless it was asked for
 */
public record JobPage<T>(
        T jobs,
        @Nullable String nextMarker,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long count) {}
