package io.vmrestore.verification.chaos.verdict;

import io.vmrestore.verification.chaos.load.Restore;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * Everything that is known after a run.
 *
 * @param restores what clients asked for and were answered
 * @param jobs what the log tells
 * @param shown what each gateway shows of each job
 * @param rows the jobs that the tables hold
 * @param cloud what there is in the cloud
 * @param originals VMs that were there before
 */
public record World(
        List<Restore> restores,
        List<String> wrongAnswers,
        Map<UUID, FoldedJob> jobs,
        Map<UUID, List<JsonNode>> shown,
        Set<UUID> rows,
        List<String> deadLetters,
        List<CloudResource> cloud,
        Set<String> originals) {}
