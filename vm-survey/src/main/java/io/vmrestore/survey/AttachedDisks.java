package io.vmrestore.survey;

import io.vmrestore.openstack.compute.Server;
import io.vmrestore.openstack.compute.VolumeAttachment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The volumes of a server by both sources that Nova has: its list of attachments, which tells devices and from compute
 * 2.79 whether Nova deletes a volume with the server, and the server itself, which tells the latter since 2.3. A volume
 * that one of them names is there; where they contradict each other, it goes with the server.
 */
public final class AttachedDisks {
    private AttachedDisks() {}

    /** The attachments with what the server tells of them, those that only the server names last. */
    public static List<VolumeAttachment> of(Server server, List<VolumeAttachment> attachments) {
        Map<String, VolumeAttachment> byVolume = new LinkedHashMap<>();
        attachments.forEach(attachment -> byVolume.merge(attachment.volumeId(), attachment, AttachedDisks::both));
        server.volumes().forEach(volume -> byVolume.merge(volume.volumeId(), volume, AttachedDisks::both));
        return new ArrayList<>(byVolume.values());
    }

    private static VolumeAttachment both(VolumeAttachment one, VolumeAttachment other) {
        return new VolumeAttachment(
                one.volumeId(),
                one.device() == null ? other.device() : one.device(),
                goes(one.deleteOnTermination(), other.deleteOnTermination()),
                one.tag() == null ? other.tag() : one.tag());
    }

    private static @Nullable Boolean goes(@Nullable Boolean one, @Nullable Boolean other) {
        if (one == null) {
            return other;
        }
        return other == null ? one : one || other;
    }
}
