package io.vmrestore.survey;

import io.vmrestore.openstack.compute.Server;
import io.vmrestore.openstack.network.Port;
import io.vmrestore.openstack.volume.Volume;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether something that carries a restore's mark was made by that restore. Metadata and tags travel with clones,
 * images and volume backups, so a mark alone proves nothing: who made it, when, and who holds it must fit as well. What
 * the log names needs no such proof.
 */
public final class Ownership {
    private Ownership() {}

    /**
     * What carries a mark.
     *
     * @param creator the user who made it; null where the cloud does not tell, as of ports
     * @param createdAt when it was made; null where the cloud does not tell
     * @param holders the servers that have it
     */
    public record Marked(@Nullable String creator, @Nullable Instant createdAt, List<String> holders) {
        public static Marked of(Server server) {
            return new Marked(server.userId(), server.createdAt(), List.of());
        }

        public static Marked of(Volume volume) {
            return new Marked(
                    volume.userId(),
                    volume.createdAt(),
                    volume.attachments().stream()
                            .map(Volume.Attachment::serverId)
                            .toList());
        }

        public static Marked of(Port port) {
            return new Marked(null, port.createdAt(), port.deviceId().isEmpty() ? List.of() : List.of(port.deviceId()));
        }
    }

    /**
     * Who may have made it, and when.
     *
     * @param userId the user that restores work as
     * @param until nothing that was made later is the restore's; null while it is at work
     * @param servers the servers that may hold what the restore has made; null: any, because it may have made them
     *     itself
     */
    public record Maker(
            String userId,
            @Nullable Instant until,
            @Nullable List<String> servers) {

        /** A restore that is at work. */
        public static Maker atWork(String userId) {
            return new Maker(userId, null, null);
        }
    }

    /** Why it is not proven that the maker has made it; null if it is. */
    public static @Nullable String objection(Marked marked, Maker maker) {
        if (marked.creator() != null && !marked.creator().equals(maker.userId())) {
            return "made by user " + marked.creator() + ", not by " + maker.userId() + " that restores work as";
        }
        if (maker.until() != null) {
            if (marked.createdAt() == null) {
                return "the cloud does not tell when it was made";
            }
            if (marked.createdAt().isAfter(maker.until())) {
                return "made at " + marked.createdAt() + ", after " + maker.until();
            }
        }
        List<String> servers = maker.servers();
        if (servers != null && !servers.containsAll(marked.holders())) {
            return "held by server " + marked.holders().getFirst() + ", which is not the restore's";
        }
        return null;
    }
}
