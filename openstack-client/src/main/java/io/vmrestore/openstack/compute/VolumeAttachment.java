package io.vmrestore.openstack.compute;

import org.jspecify.annotations.Nullable;

/**
 * A volume attached to a server. The boot volume is the one whose device is the server's root device name.
 *
 * @param volumeId the volume
 * @param device its device name, such as {@code /dev/vda}; null if the server never reached a host
 * @param deleteOnTermination whether Nova deletes it with the server; null if the cloud does not tell
 * @param tag its device tag; null if it has none, or the cloud does not tell
 */
public record VolumeAttachment(
        String volumeId,
        @Nullable String device,
        @Nullable Boolean deleteOnTermination,
        @Nullable String tag) {

    /** An attachment without a device tag. */
    public VolumeAttachment(String volumeId, @Nullable String device, @Nullable Boolean deleteOnTermination) {
        this(volumeId, device, deleteOnTermination, null);
    }
}
