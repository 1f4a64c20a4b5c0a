package io.vmrestore.survey.create;

import io.vmrestore.common.connection.CallFault;
import io.vmrestore.common.contract.SourceServer;
import io.vmrestore.openstack.ProjectCloud;
import io.vmrestore.openstack.compute.Compute;
import io.vmrestore.openstack.compute.KeyPair;
import io.vmrestore.openstack.compute.ServerGroup;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.quota.QuotaLine;
import io.vmrestore.survey.Absence;
import io.vmrestore.survey.Presence;
import io.vmrestore.survey.Reads;
import io.vmrestore.survey.Untold;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the cloud tells of the rules that it will hold a new server to. Null is what it does not tell: that is unknown,
 * neither allowed nor forbidden.
 *
 * @param limits Nova's limits by the name of the quota, such as {@code metadata_items}; what is missing is unknown
 * @param zones zones that servers may ask for
 * @param group the original's server group; null also if it is in none
 * @param groupGone whether its server group does not exist
 * @param keyPairs the acting user's own key pairs
 */
public record CreateFacts(
        Map<String, Long> limits,
        @Nullable Set<String> zones,
        @Nullable ServerGroup group,
        boolean groupGone,
        @Nullable List<KeyPair> keyPairs) {

    static final String METADATA_ITEMS = "metadata_items";
    static final String KEY_PAIRS = "key_pairs";
    static final String GROUP_MEMBERS = "server_group_members";

    /** Nova tells each of these limits twice: by these names, and among the quotas. */
    private static final Map<String, String> NAMES = Map.of(
            METADATA_ITEMS, "maxServerMeta", KEY_PAIRS, "maxTotalKeypairs", GROUP_MEMBERS, "maxServerGroupMembers");

    /** Begins to read what does not depend on the VM. */
    public static Begun begin(Reads reads, ProjectCloud project) {
        return new Begun(reads, project, Absence.in(project, reads::rest));
    }

    /** The reads that do not depend on the VM. */
    public static final class Begun {
        private final Reads reads;
        private final Compute nova;
        private final Absence absence;
        private final Reads.Read<Optional<Map<String, Long>>> limits;
        private final Reads.Read<Optional<Set<String>>> zones;
        private final Reads.Read<Optional<List<KeyPair>>> keyPairs;

        private Begun(Reads reads, ProjectCloud project, Absence absence) {
            this.reads = reads;
            nova = project.compute();
            this.absence = absence;
            limits = reads.start("compute", told(nova::limits));
            zones = reads.start("compute", told(nova::availabilityZones));
            keyPairs = reads.start("compute", told(project.keyPairs()::all));
        }

        /** Reads the rest and waits for all. */
        public CreateFacts of(SourceServer server) throws InterruptedException {
            String id = server.serverGroupId();
            Presence<ServerGroup> group = id == null ? null : group(id);
            return new CreateFacts(
                    limits(limits.get().orElse(Map.of())),
                    zones.get().orElse(null),
                    group instanceof Presence.Present<ServerGroup>(ServerGroup there) ? there : null,
                    group instanceof Presence.Gone<ServerGroup>,
                    keyPairs.get().orElse(null));
        }

        /** Null if the cloud does not tell its groups. */
        private @Nullable Presence<ServerGroup> group(String id) throws InterruptedException {
            try {
                return reads.start("compute", () -> absence.serverGroup(id)).get();
            } catch (CloudException failed) {
                if (failed.fault() == CallFault.POLICY) {
                    return null;
                }
                throw failed;
            }
        }

        /** The quotas are the second source. */
        private Map<String, Long> limits(Map<String, Long> absolute) throws InterruptedException {
            Map<String, QuotaLine> quota = absolute.keySet().containsAll(NAMES.values())
                    ? Map.of()
                    : reads.start("compute", told(nova::quota)).get().orElse(Map.of());
            Map<String, Long> limits = new HashMap<>();
            NAMES.forEach((name, absoluteName) -> {
                QuotaLine line = quota.get(name);
                if (absolute.containsKey(absoluteName)) {
                    limits.put(name, absolute.get(absoluteName));
                } else if (line != null) {
                    limits.put(name, line.limit());
                }
            });
            return limits;
        }
    }

    /** A limit; empty if the cloud does not tell it. {@link Long#MAX_VALUE} is no limit. */
    Optional<Long> limit(String name) {
        return Optional.ofNullable(limits.get(name)).map(limit -> limit == -1 ? Long.MAX_VALUE : limit);
    }

    private static <T> Callable<Optional<T>> told(Supplier<T> question) {
        return () -> Untold.ifTold(question);
    }
}
