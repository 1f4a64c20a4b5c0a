package io.vmrestore.status.store;

import io.vmrestore.common.codec.EventCodec;
import io.vmrestore.common.contract.RestoreEvent;

/**
 * An event that cannot be turned into rows. Its restore shows that there is one, because what the event told is missing
 * there: the restore may seem to be at work long after its end.
 *
 * @param position its place in the topic, where it can be read
 * @param reason why it has no rows
 */
public record UnreadableEvent(LogPosition position, RestoreEvent event, String reason) {
    /** Longer texts say no more. */
    private static final int LONGEST_REASON = 1000;

    String type() {
        return EventCodec.typeName(event.type());
    }

    String shortReason() {
        String stored = StoredValue.text(reason);
        return stored.codePointCount(0, stored.length()) <= LONGEST_REASON
                ? stored
                : stored.substring(0, stored.offsetByCodePoints(0, LONGEST_REASON));
    }
}
