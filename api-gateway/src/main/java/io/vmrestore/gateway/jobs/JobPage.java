package io.vmrestore.gateway.jobs;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One page of the list of jobs, newest first.
 *
 * @param jobs an array of summaries
 * @param nextMarker where the next page begins; null on the last one
 * @param count jobs on all pages; present if it was asked for
 */
public record JobPage(JsonNode jobs, @Nullable String nextMarker, OptionalLong count) {}
