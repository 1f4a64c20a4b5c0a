package io.vmrestore.status.fold;

import java.util.Locale;

/** What became of one record of the event topic. */
enum FoldOutcome {
    /** It changed its restore. */
    APPLIED,
    /** It rightly changed nothing: a repeat or a late answer. */
    IGNORED,
    /** It was folded before; the topic was read again from an earlier offset. */
    REPEATED,
    /** It contradicts the state of its restore. */
    ILLEGAL,
    /** It is no event of ours. */
    UNDECODABLE,
    /** It is an event whose values the tables cannot hold. */
    UNSTORABLE;

    /** The value of the metric's tag. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
