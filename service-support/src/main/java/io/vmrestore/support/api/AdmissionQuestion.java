package io.vmrestore.support.api;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request that is to be let in. Each field is null where the sender left it out.
 *
 * @param claim what the request stands for if it is the first of its kind; without a key nothing is remembered
 * @param planId the job to execute; null for a request for a plan, whose job is the claim's subject
 * @param projectId of a request for a plan; an execution is in the project of its plan
 * @param limits how many restores may be at work
 * @param accepted what this gateway has let in before and what the tables may not show yet
 * @param others how many more of these there are, by project
 */
public record AdmissionQuestion(
        @Nullable RequestClaim claim,
        @Nullable UUID planId,
        @Nullable String projectId,
        @Nullable Limits limits,
        @Nullable List<@Nullable Accepted> accepted,
        @Nullable Map<String, Integer> others) {

    /** How many restores may be at work: in all projects, and in one. */
    public record Limits(int active, int activePerProject) {}

    /**
     * A request that was let in.
     *
     * @param executionId of a request to execute; null of a request for a plan
     * @param projectId null where the sender does not know it, which knows the job only
     */
    public record Accepted(
            @Nullable UUID jobId,
            @Nullable UUID executionId,
            @Nullable String projectId) {}
}
