package io.vmrestore.verification.simulation;

import java.util.Set;

/** One membership of a consumer in its group; a consumer that was expelled begins another. */
final class GroupMember {
    private final ConsumerGroup group;
    private final SimulatedProcess process;
    private final Set<String> topics;
    private long silentSince = Long.MAX_VALUE;
    private boolean ended;

    GroupMember(ConsumerGroup group, SimulatedProcess process, Set<String> topics) {
        this.group = group;
        this.process = process;
        this.topics = topics;
        process.onFreeze(() -> silentSince = process.schedule().nanos());
        process.onWake(() -> silentSince = Long.MAX_VALUE);
        process.onDeath(
                () -> silentSince = Math.min(silentSince, process.schedule().nanos()));
    }

    ConsumerGroup group() {
        return group;
    }

    Set<String> topics() {
        return topics;
    }

    boolean silentSince(long nanos) {
        return silentSince <= nanos;
    }

    void end() {
        ended = true;
    }

    boolean ended() {
        return ended;
    }

    @Override
    public String toString() {
        return process.name();
    }
}
