package io.vmrestore.status.requests;

import io.vmrestore.status.problem.Refusals;
import io.vmrestore.support.api.AdmissionQuestion;
import io.vmrestore.support.api.RequestClaim;
import io.vmrestore.support.problem.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request that is to be let in.
 *
 * @param claim as it is remembered; its key is empty if the request has none, so that it is not
 * @param planId the job to execute; null for a request for a plan
 * @param projectId of a request for a plan; null for an execution
 */
record Admission(
        Claim claim,
        @Nullable UUID planId,
        @Nullable String projectId,
        AdmissionQuestion.Limits limits,
        List<Accepted> accepted,
        Map<String, Integer> others) {
    /** As many as fit into the body that is read at most. */
    private static final int MOST_ACCEPTED = 2000;

    /** The key with which a claim without one is checked. */
    private static final String NO_KEY = "none";

    /** A request that was let in; its project is null where the gateway knows the job only. */
    record Accepted(
            UUID jobId,
            @Nullable UUID executionId,
            @Nullable String projectId) {}

    /** @throws ProblemException 400 if something is missing or malformed */
    static Admission complete(AdmissionQuestion sent) {
        RequestClaim claim = sent.claim();
        String projectId = sent.projectId();
        boolean aboutOneThing = (sent.planId() == null) != (projectId == null);
        if (claim == null
                || !aboutOneThing
                || (projectId != null && (projectId.isEmpty() || projectId.indexOf('\0') >= 0))
                || sent.limits() == null
                || sent.accepted() == null
                || sent.accepted().size() > MOST_ACCEPTED) {
            throw incomplete();
        }
        return new Admission(
                complete(claim),
                sent.planId(),
                projectId,
                sent.limits(),
                sent.accepted().stream().map(Admission::complete).toList(),
                others(sent.others()));
    }

    private static Map<String, Integer> others(@Nullable Map<String, Integer> sent) {
        if (sent == null) {
            return Map.of();
        }
        if (sent.values().stream().anyMatch(number -> number == null || number < 0)) {
            throw incomplete();
        }
        return sent;
    }

    private static Claim complete(RequestClaim sent) {
        String key = sent.key();
        Claim claim = Claim.complete(new RequestClaim(
                key == null ? NO_KEY : key,
                sent.digest(),
                sent.subjectId(),
                sent.claimedAt(),
                sent.expiresAt(),
                false));
        return key == null
                ? new Claim("", claim.digest(), claim.subjectId(), claim.claimedAt(), claim.expiresAt(), false)
                : claim;
    }

    private static Accepted complete(AdmissionQuestion.@Nullable Accepted request) {
        if (request == null || request.jobId() == null) {
            throw incomplete();
        }
        return new Accepted(request.jobId(), request.executionId(), request.projectId());
    }

    private static ProblemException incomplete() {
        return Refusals.invalid("The question has a claim, either the plan_id of an execution or the project_id of a"
                + " plan, limits, and in accepted up to " + MOST_ACCEPTED + " requests, each with its job_id");
    }
}
