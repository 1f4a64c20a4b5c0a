package io.vmrestore.status.store;

/** A place in the event topic. All events of one restore are in one partition, because their key is its VM. */
public record LogPosition(int partition, long offset) {

    /** Whether the event at {@code other} is folded where everything up to this place is. */
    public boolean covers(LogPosition other) {
        return partition == other.partition && other.offset <= offset;
    }
}
