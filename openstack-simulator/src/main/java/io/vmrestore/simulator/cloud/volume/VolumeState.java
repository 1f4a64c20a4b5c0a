package io.vmrestore.simulator.cloud.volume;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a volume stands.
 *
 * @param host the backend that holds it; null until the scheduler chose one
 * @param reservedFor the server it is reserved for or attached to
 */
public record VolumeState(
        VolumeStatus status,
        boolean bootable,
        @Nullable String host,
        @Nullable String reservedFor,
        List<VolumeAttachment> attachments) {

    VolumeState withStatus(VolumeStatus newStatus) {
        return new VolumeState(newStatus, bootable, host, reservedFor, attachments);
    }

    VolumeState withBootable(boolean value) {
        return new VolumeState(status, value, host, reservedFor, attachments);
    }

    VolumeState onHost(@Nullable String newHost) {
        return new VolumeState(status, bootable, newHost, reservedFor, attachments);
    }

    VolumeState reservedFor(String serverId) {
        return new VolumeState(VolumeStatus.RESERVED, bootable, host, serverId, attachments);
    }

    VolumeState promisedTo(String serverId) {
        return new VolumeState(status, bootable, host, serverId, attachments);
    }

    VolumeState attached(VolumeAttachment attachment) {
        return new VolumeState(VolumeStatus.IN_USE, bootable, host, attachment.serverId(), List.of(attachment));
    }

    VolumeState free() {
        return new VolumeState(VolumeStatus.AVAILABLE, bootable, host, null, List.of());
    }
}
