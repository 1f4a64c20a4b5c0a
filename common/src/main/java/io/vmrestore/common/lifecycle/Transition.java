package io.vmrestore.common.lifecycle;

/** The three answers to "what does this event do to this state?". */
public sealed interface Transition {

    /** The event changed the state. */
    record Applied(JobState state) implements Transition {}

    /** The event changes nothing, rightly: it repeats a known fact or answers a question no longer asked. */
    record Ignored(String reason) implements Transition {}

    /** The event contradicts the state; it belongs into the dead-letter topic. */
    record Illegal(String reason) implements Transition {}
}
