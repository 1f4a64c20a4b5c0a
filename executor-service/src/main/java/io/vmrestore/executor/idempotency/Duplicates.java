package io.vmrestore.executor.idempotency;

import io.vmrestore.common.contract.PlanStep;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.failure.FailureClass;
import io.vmrestore.survey.Deletion;
import io.vmrestore.survey.Reads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Removes what carries a mark of the job and is not what the job uses: made by a create call whose answer was lost and
 * that the cloud carried out only after a later attempt had made another.
 */
public final class Duplicates {
    /** A deletion that gets no answer for so long, while all else does, is not worth the restore. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final List<MarkedResources> kinds;
    private final Attempt attempt;
    private final Set<String> used;
    private final List<String> removed = new ArrayList<>();
    private final List<String> left = new ArrayList<>();

    /**
     * Duplicates of one job.
     *
     * @param kinds what steps make
     * @param used ids of what the job uses
     */
    public Duplicates(List<MarkedResources> kinds, Attempt attempt, Set<String> used) {
        this.kinds = kinds;
        this.attempt = attempt;
        this.used = used;
    }

    /** Looks for duplicates of what these steps have made, all at once, and removes them. */
    public void remove(List<PlanStep> steps) throws InterruptedException {
        List<Search> searches = new ArrayList<>();
        try (Reads reads = attempt.reads()) {
            for (PlanStep step : steps) {
                Mark mark = new Mark(attempt.address().jobId() + "/" + step.stepOrder());
                kinds.stream()
                        .filter(kind -> kind.madeBy() == step.action())
                        .forEach(kind -> searches.add(new Search(
                                kind, reads.start(kind.service(), () -> kind.find(attempt.cloud(), mark)))));
            }
            for (Search search : searches) {
                for (Resource resource : search.found().get()) {
                    remove(search.kind(), resource);
                }
            }
        }
        if (!removed.isEmpty()) {
            attempt.note("twins_removed", removed);
        }
        if (!left.isEmpty()) {
            attempt.note("twins_left", left);
        }
    }

    /** The restore has succeeded: a duplicate that the cloud does not give up is told, and fails nothing. */
    private void remove(MarkedResources kind, Resource resource) throws InterruptedException {
        if (used.contains(resource.id())) {
            return;
        }
        try {
            switch (kind.delete(attempt.absence(), resource.id())) {
                case Deletion.Accepted _, Deletion.NothingThere _ -> {
                    attempt.found(resource.type(), resource.id(), resource.name());
                    removed.add(resource.id());
                }
                case Deletion.Refused _ -> left.add(resource.id());
            }
        } catch (CloudException refused) {
            if (mayPass(refused)) {
                throw refused;
            }
            left.add(resource.id());
        }
    }

    private boolean mayPass(CloudException failed) {
        return switch (FailureClass.of(failed)) {
            case OUTAGE ->
                attempt.cloud()
                        .unansweredSince(failed.call())
                        .filter(since ->
                                since.plus(PATIENCE).isAfter(attempt.time().instant()))
                        .isPresent();
            case PASSING_STATE, REFUSAL -> false;
        };
    }

    private record Search(MarkedResources kind, Reads.Read<List<Resource>> found) {}
}
