package io.vmrestore.support.api;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a request stands for, and whether it is let in: all of one moment.
 *
 * @param claim the one that holds
 * @param job the document of the job that the request is about; null if there is none
 * @param admitted whether there is room, or was for an earlier one of the same requests
 * @param total how many restores are at work, with those that the question names and the tables do not show
 * @param inProject those of the request's project
 * @param shown of those that the question names: the ids of executions, for plans of jobs, that the tables show, so
 *     that they count without being named, or are over
 */
public record AdmissionAnswer(
        RequestClaim claim, @Nullable ObjectNode job, boolean admitted, long total, long inProject, Set<UUID> shown) {}
