package io.vmrestore.gateway.jobs;

import java.util.Set;
import java.util.UUID;

/**
 * How many restores are at work as far as the status service knows.
 *
 * @param total in all projects
 * @param inProject in the project that was asked about
 * @param shown the {@link AcceptedRequest#id ids} of the accepted requests that these counts contain
 */
public record ActiveRestores(long total, long inProject, Set<UUID> shown) {}
