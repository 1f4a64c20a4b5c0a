package io.vmrestore.verification.chaos.verdict;

import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.lifecycle.JobState;
import io.vmrestore.verification.chaos.load.Restore;
import io.vmrestore.verification.chaos.load.Restore.Reply;
import io.vmrestore.verification.chaos.verdict.Violation.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What was accepted is in the log and has ended; what was refused or shown is explained by the log. */
final class RequestRules {
    private final World world;
    private final List<Violation> found = new ArrayList<>();

    private RequestRules(World world) {
        this.world = world;
    }

    static List<Violation> check(World world) {
        RequestRules rules = new RequestRules(world);
        world.restores().forEach(restore -> restore.jobId().ifPresent(job -> rules.restore(restore, job)));
        world.jobs().forEach(rules::ended);
        return rules.found;
    }

    private void restore(Restore restore, UUID id) {
        FoldedJob job = world.jobs().get(id);
        if (job == null) {
            add(Kind.LOST, id, "the request for a plan was answered with this job, and the log does not know it");
            return;
        }
        requirePublished(restore.execution(), job, RestoreEvent.ExecutionRequested.class);
        requirePublished(restore.cancellation(), job, RestoreEvent.CancellationRequested.class);
        requireEnd(restore, job);
        JobState state = job.state();
        if (restore.plan() == Reply.REFUSED && state.plan() != null) {
            add(Kind.WRONG_ANSWER, id, "the request for a plan was refused, and the log has the plan");
        }
        if (restore.execution() == Reply.REFUSED && state.execution() != null) {
            add(Kind.WRONG_ANSWER, id, "the only request to execute was refused, and the log admits it");
        }
        if (restore.cancellation() == Reply.REFUSED && state.cancellation() != null) {
            add(Kind.WRONG_ANSWER, id, "the only request to cancel was refused, and the log follows it");
        }
        restore.seen().forEach((version, status) -> {
            Optional<JobStatus> told = Optional.ofNullable(job.statuses().get(version));
            if (!told.equals(Optional.of(status))) {
                add(
                        Kind.WRONG_ANSWER,
                        id,
                        "version " + version + " was shown as " + status + ", the log says "
                                + told.map(JobStatus::name).orElse("that there is none"));
            }
        });
    }

    private void requireEnd(Restore restore, FoldedJob job) {
        restore.followedTo().ifPresent(event -> {
            JobStatus status = job.statuses().get(event);
            if (status == null || !status.terminal()) {
                add(
                        Kind.WRONG_ANSWER,
                        job.state().jobId(),
                        "the stream ended with event " + event + ", the log goes on");
            }
        });
    }

    private void requirePublished(Reply reply, FoldedJob job, Class<? extends RestoreEvent> type) {
        if (reply == Reply.GRANTED && !job.has(type)) {
            add(Kind.LOST, job.state().jobId(), "a request was accepted, and the log has no " + type.getSimpleName());
        }
    }

    /** A plan may wait for somebody to execute it; everything else has ended, and nobody asked to give a job up. */
    private void ended(UUID id, FoldedJob job) {
        JobState state = job.state();
        boolean waiting = state.status() == JobStatus.PLANNED && state.cancellation() == null;
        if (!state.status().terminal() && !waiting) {
            add(Kind.UNFINISHED, id, "is still " + state.status());
        }
        if (state.status() == JobStatus.INTERRUPTED) {
            add(Kind.UNFINISHED, id, "was given up");
        }
        if (waiting && state.refusal() == null && job.has(RestoreEvent.ExecutionRequested.class)) {
            add(Kind.UNFINISHED, id, "is still PLANNED, though somebody asked to execute it");
        }
    }

    private void add(Kind kind, UUID job, String what) {
        found.add(new Violation(kind, job, what));
    }
}
