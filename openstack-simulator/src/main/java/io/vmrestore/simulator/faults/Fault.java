package io.vmrestore.simulator.faults;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Something that goes wrong. The first five happen to calls, the others to resources that were accepted. */
public sealed interface Fault {

    /** A fault of a call; its rule is matched against {@code METHOD /path?query}. */
    sealed interface OfCall extends Fault {}

    /** A fault of a resource; its rule is matched against the resource's name. */
    sealed interface OfResource extends Fault {}

    /**
     * The call is answered with this status and nothing is done.
     *
     * @param retryAfter seconds for the header Retry-After
     */
    record Answer(
            int status, @Nullable String message, @Nullable Integer retryAfter) implements OfCall {}

    /** The call is done, but the connection closes before its answer. */
    record LoseAnswer() implements OfCall {}

    /** The connection closes and nothing is done. */
    record DropRequest() implements OfCall {}

    /** The call is done after this time. */
    record Slow(Duration delay) implements OfCall {}

    /** The call is done at once and answered after this time: whoever called may be gone by then. */
    record LateAnswer(Duration delay) implements OfCall {}

    /** An accepted server ends in ERROR; the message is the fault's, null: the stage's usual one. */
    record ServerFails(Stage stage, @Nullable String message) implements OfResource {}

    /** An accepted server stays in BUILD until it is deleted. */
    record ServerStuck() implements OfResource {}

    /** An accepted volume ends in error, with this reason in Cinder's messages, null: the usual one. */
    record VolumeFails(@Nullable String message) implements OfResource {}

    /** An accepted volume stays in creating. */
    record VolumeStuck() implements OfResource {}

    /** A volume reports {@code available} this long before it reports to be bootable. */
    record LateBootable(Duration delay) implements OfResource {}

    /** Where building a server fails; it decides what is left behind. */
    enum Stage {
        /** No host fits: the volume stays reserved until the server is deleted. */
        SCHEDULING,
        /** Cinder cannot export the volume. */
        ATTACH,
        /** The hypervisor refuses and there is no other host. */
        SPAWN,
        /** The build is aborted with the given message. */
        ABORT
    }
}
