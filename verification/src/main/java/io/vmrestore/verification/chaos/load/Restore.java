package io.vmrestore.verification.chaos.load;

import io.vmrestore.common.contract.JobStatus;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** What a client has asked for, what it was answered, and what it has seen since. Used by one client at a time. */
public final class Restore {
    private final Wish wish;
    private final Map<Long, JobStatus> seen = new ConcurrentSkipListMap<>();
    private volatile @Nullable UUID jobId;
    private volatile long followedTo;
    private volatile Reply plan = Reply.NONE;
    private volatile Reply execution = Reply.NONE;
    private volatile Reply cancellation = Reply.NONE;

    /** The last word of the system to one request of a client. */
    public enum Reply {
        NONE,
        GRANTED,
        REFUSED
    }

    public Restore(Wish wish) {
        this.wish = wish;
    }

    public Wish wish() {
        return wish;
    }

    /** The job, once an answer has named it. */
    public Optional<UUID> jobId() {
        return Optional.ofNullable(jobId);
    }

    public Reply plan() {
        return plan;
    }

    public Reply execution() {
        return execution;
    }

    public Reply cancellation() {
        return cancellation;
    }

    /** Status by version, as clients have read it. */
    public Map<Long, JobStatus> seen() {
        return Map.copyOf(seen);
    }

    /** Records the answer to the request for a plan, which may be given more than once. */
    public Restore planned(UUID job, Reply reply) {
        jobId = job;
        plan = reply;
        return this;
    }

    /** Records the answer to the request to execute. */
    public Restore executed(Reply reply) {
        execution = reply;
        return this;
    }

    /** Records the answer to the request to cancel. */
    public Restore cancelled(Reply reply) {
        cancellation = reply;
        return this;
    }

    /**
     * Records what was read of the job.
     *
     * @return why it contradicts what was read before; empty if it does not
     */
    public Optional<String> read(long version, JobStatus status) {
        Map.Entry<Long, JobStatus> newest = ((ConcurrentSkipListMap<Long, JobStatus>) seen).lastEntry();
        JobStatus known = seen.put(version, status);
        if (known != null && known != status) {
            return Optional.of("version " + version + " was " + known + " and is " + status);
        }
        if (newest == null) {
            return Optional.empty();
        }
        if (version < newest.getKey()) {
            return Optional.of("version " + version + " after version " + newest.getKey());
        }
        if (newest.getValue().terminal() && newest.getValue() != status) {
            return Optional.of(status + " after " + newest.getValue());
        }
        return Optional.empty();
    }

    /** Records that a stream gave every event up to this one, and said that no other will follow. */
    public Restore followedTo(long event) {
        followedTo = event;
        return this;
    }

    /** The last event of a stream that came to its end. */
    public OptionalLong followedTo() {
        return followedTo == 0 ? OptionalLong.empty() : OptionalLong.of(followedTo);
    }

    /** Whether the job was ever shown, so that it may not be unknown any more. */
    boolean visible() {
        return !seen.isEmpty();
    }
}
