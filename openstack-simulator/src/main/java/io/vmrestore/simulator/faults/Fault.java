package io.vmrestore.simulator.faults;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

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

    /** A fault of Keystone's catalog; its rule is matched against the type of a service, unless said otherwise. */
    sealed interface OfCatalog extends Lasting {}

    /** A fault of Neutron as it is installed; its rule is matched against the alias of an extension. */
    sealed interface OfNetwork extends Lasting {}

    /** A fault of one element in lists and answers; its rule is matched against the element's id and name. */
    sealed interface OfElement extends Lasting {}

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

    /**
     * Something in front of the service answers 404: no words of the service, no request id, nothing is done.
     *
     * @param by who answers, null: {@link Front#NGINX}
     */
    record StrayNotFound(@Nullable Front by) implements OfCall {}

    /** The service itself answers 404 in its own words, with a request id, though the resource is there. */
    record FalseNotFound() implements OfCall {}

    /**
     * Nobody serves the call; nothing is done.
     *
     * @param how what the caller sees, null: {@link Absence#UNAVAILABLE}
     * @param retryAfter seconds for the header Retry-After
     */
    record ServiceAway(@Nullable Absence how, @Nullable Integer retryAfter) implements OfCall {}

    /** The service cannot ask Keystone whether the token is valid: 503 of the middleware. */
    record TokensNotChecked() implements OfCall {}

    /**
     * The call is answered by a redirect; nothing is done.
     *
     * @param status 301, 302, 307, 308 or 300; null: 301
     * @param to the header Location; {@code {path}} stands for the path and the query of the call; null: no Location
     */
    record Redirected(@Nullable Integer status, @Nullable String to) implements OfCall {}

    /**
     * A service is of an earlier release: newer microversions are refused, its version document tells it, fields of
     * later ones are absent.
     *
     * @param version such as 2.72
     */
    record HighestMicroversion(String version) implements OfCall, Lasting {
        public HighestMicroversion {
            if (!version.matches("[1-9]\\d*\\.\\d{1,4}")) {
                throw new IllegalArgumentException("version is to be a microversion such as 2.72, but is " + version);
            }
        }
    }

    /**
     * The catalog has one more service; matched against the name of the project that the catalog is made for.
     *
     * @param url of its endpoint, as in {@link EndpointElsewhere}
     */
    record ExtraService(String type, @Nullable String url) implements OfCatalog {}

    /**
     * The catalog names this URL for the service; null: a JSON null.
     *
     * @param url {@code {base}} stands for the simulator, {@code {project_id}} for the project
     */
    record EndpointElsewhere(@Nullable String url) implements OfCatalog {}

    /** The catalog names the service without version and without project. */
    record EndpointUnversioned() implements OfCatalog {}

    /** The endpoint in the catalog answers every call by a redirect to the right one. */
    record EndpointMoved() implements OfCatalog {}

    /**
     * The service has endpoints in another region as well, and the catalog names these first.
     *
     * @param url as in {@link EndpointElsewhere}; null: the same as in the first region
     */
    record SecondRegion(String region, @Nullable String url) implements OfCatalog {}

    /** The catalog does not have the service. */
    record NotInCatalog() implements OfCatalog {}

    /**
     * The extension is not installed: its paths do not exist, its attributes are absent and unknown.
     *
     * @param status of its paths; null: 404. 501: the plugin does not implement it
     */
    record ExtensionMissing(@Nullable Integer status) implements OfNetwork {}

    /**
     * A field of one element has another value.
     *
     * @param of the kind of element, such as {@code snapshot}; null: any
     * @param field its name, with dots between levels; a field that is not there is added
     * @param value any JSON; null: a JSON null
     */
    record OddField(
            @Nullable String of, String field, @Nullable JsonNode value) implements OfElement {}

    /** A field of one element is absent; the parameters are as in {@link OddField}. */
    record FieldMissing(@Nullable String of, String field) implements OfElement {}

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

    /** Who answers in front of a service. */
    enum Front {
        /** A page in HTML. */
        NGINX,
        /** A page in HTML of another wording. */
        APACHE,
        /** JSON, but not the service's. */
        GATEWAY,
        /** A status and no body. */
        SILENT
    }

    /** How a service is away. */
    enum Absence {
        /** The connection closes. */
        CLOSED,
        /** 503 of the load balancer. */
        UNAVAILABLE,
        /** 502 of the load balancer. */
        BAD_GATEWAY,
        /** 504 of the load balancer. */
        GATEWAY_TIMEOUT,
        /** 429 of a rate limit in front. */
        TOO_MANY_REQUESTS,
        /** No answer, and the connection stays open. */
        SILENT
    }

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
