package io.vmrestore.intake;

import io.vmrestore.common.time.TimeSource;

/**
 * When the group was last known to count this member in, by the monotonic clock, which goes on while the process is
 * frozen. Known from commits: the broker takes them from members only. Written by the poller, read by anyone.
 */
final class Contact {
    private final TimeSource time;
    private volatile boolean made;
    private volatile long nanoTime;

    Contact(TimeSource time) {
        this.time = time;
    }

    /** The time that it goes by. */
    TimeSource time() {
        return time;
    }

    /** @param asked when the question was asked that the broker has answered */
    void made(long asked) {
        nanoTime = asked;
        made = true;
    }

    /** Whether there was contact within the last {@code nanos}. */
    boolean within(long nanos) {
        return made && time.nanoTime() - nanoTime < nanos;
    }
}
