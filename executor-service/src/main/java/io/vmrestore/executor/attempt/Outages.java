package io.vmrestore.executor.attempt;

import io.vmrestore.common.time.TimeSource;
import io.vmrestore.openstack.ProjectCloud;
import io.vmrestore.openstack.failure.FailedCall;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The outages that one attempt has met, one after the other: which it waits for, and for how long its deadline has
 * stood still. An outage lasts from the first request without an answer until that request has one: a service that
 * still answers something else has not come back for this step. Its heartbeat reads from another thread.
 */
final class Outages {
    private final ProjectCloud cloud;
    private final TimeSource time;
    private @Nullable Outage last;
    private boolean waiting;
    private Duration stoodStill = Duration.ZERO;
    /** Up to when the deadline's standstill is counted. */
    private Instant counted = Instant.MIN;

    Outages(ProjectCloud cloud, TimeSource time) {
        this.cloud = cloud;
        this.time = time;
    }

    /** The outage that this request met; the one before, if that request had no answer since. */
    synchronized Outage met(FailedCall call) {
        Instant now = time.instant();
        Optional<Instant> sent = cloud.unansweredSince(call);
        Outage before = last;
        Outage met = before != null
                        && before.sameRequest(call)
                        && sent.filter(first -> first.isAfter(before.since())).isEmpty()
                ? new Outage(call, before.since())
                : new Outage(call, sent.orElse(now));
        count(met.since(), now);
        last = met;
        waiting = true;
        return met;
    }

    /** The service is asked again. */
    synchronized void resumed() {
        count(counted, time.instant());
        waiting = false;
    }

    /** What the attempt waits for, or has asked again and has no answer of yet; null if it waits for none. */
    synchronized @Nullable Outage present() {
        return last != null && (waiting || cloud.unansweredSince(last.call()).isPresent()) ? last : null;
    }

    /** For how long the deadline has stood still so far. */
    synchronized Duration stoodStill() {
        return waiting ? stoodStill.plus(Duration.between(counted, time.instant())) : stoodStill;
    }

    private void count(Instant from, Instant to) {
        Instant uncounted = from.isAfter(counted) ? from : counted;
        if (to.isAfter(uncounted)) {
            stoodStill = stoodStill.plus(Duration.between(uncounted, to));
        }
        counted = to;
    }
}
