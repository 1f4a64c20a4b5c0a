package io.vmrestore.simulator.faults;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Something that goes wrong: with calls, or with resources that were accepted. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "kind")
public sealed interface Fault {

    /** A fault of a call; its rule is matched against {@code METHOD /path?query}. */
    sealed interface OfCall extends Fault {}

    /** A fault of a server; its rule is matched against the server's name and id. */
    sealed interface OfServer extends Fault {}

    /** A fault of a volume or snapshot; its rule is matched against its name and id. */
    sealed interface OfVolume extends Fault {}

    /** A fault of a port; what its rule is matched against is said there. */
    sealed interface OfPort extends Fault {}

    /** A condition that lasts as long as its rule is there: looking at it does not use it up. */
    sealed interface Lasting extends Fault {}

    /**
     * The call is answered with this status and nothing is done. 401 is worded as the service's own.
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

    /** The call's token is revoked before anything else: 401 to this call and to every later one with it. */
    record RevokeToken() implements OfCall {}

    /** An accepted server ends in ERROR; the message is the fault's, null: the stage's usual one. */
    record ServerFails(Stage stage, @Nullable String message) implements OfServer {}

    /** An accepted server stays in BUILD until it is deleted. */
    record ServerStuck() implements OfServer {}

    /** DELETE makes the server SOFT_DELETED; it is really deleted by forceDelete or after this time. */
    record SoftDelete(Duration reclaimAfter) implements OfServer {}

    /** A deleted server answers to its id, with DELETED, for this time. */
    record DeletedShown(Duration delay) implements OfServer {}

    /** A server stays in the task deleting. */
    record ServerDeletionStuck() implements OfServer {}

    /** A server's deletion is accepted and ends in ERROR with this fault, null: a usual one. */
    record ServerDeletionFails(@Nullable String message) implements OfServer {}

    /** A deleted server's ports stay as they are for this time; only then they are deleted or unbound. */
    record PortsOutliveServer(Duration delay) implements OfServer {}

    /**
     * The server's host does not answer; the rule is matched against the host's name as well. Administrators see it in
     * {@code host_status}; a deletion is done by the API alone.
     *
     * @param status DOWN, UNKNOWN or MAINTENANCE; null: DOWN
     */
    record HostDown(@Nullable String status) implements OfServer, Lasting {}

    /** An accepted volume ends in error, with this reason in Cinder's messages, null: the usual one. */
    record VolumeFails(@Nullable String message) implements OfVolume {}

    /** An accepted volume stays in creating. */
    record VolumeStuck() implements OfVolume {}

    /** A volume reports {@code available} this long before it reports to be bootable. */
    record LateBootable(Duration delay) implements OfVolume {}

    /** A deleted server's volume stays in detaching for this time. */
    record VolumeReleasedLate(Duration delay) implements OfVolume {}

    /** A volume's deletion is accepted and ends in error_deleting. */
    record VolumeDeletionFails() implements OfVolume {}

    /** A volume stays in deleting. */
    record VolumeDeletionStuck() implements OfVolume {}

    /** An accepted snapshot ends in error. */
    record SnapshotFails() implements OfVolume {}

    /** An accepted snapshot stays in creating. */
    record SnapshotStuck() implements OfVolume {}

    /** A chosen address is taken, though nobody sees by what; matched against the address. */
    record AddressTaken() implements OfPort {}

    /** A chosen MAC is taken, though nobody sees by what; matched against the MAC. */
    record MacTaken() implements OfPort {}

    /** A deleted port's addresses stay taken for this time; matched against the port's name and id. */
    record AddressReleasedLate(Duration delay) implements OfPort {}

    /** Not even administrators may choose addresses on a network; matched against its name and id. */
    record AddressChoiceForbidden() implements OfPort, Lasting {}

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

    /** Every kind of fault; each is named like its class. */
    static List<Class<? extends Fault>> kinds() {
        return records(Fault.class).distinct().toList();
    }

    private static Stream<Class<? extends Fault>> records(Class<? extends Fault> type) {
        return type.isRecord()
                ? Stream.of(type)
                : Stream.of(type.getPermittedSubclasses()).flatMap(sub -> records(sub.asSubclass(Fault.class)));
    }
}
