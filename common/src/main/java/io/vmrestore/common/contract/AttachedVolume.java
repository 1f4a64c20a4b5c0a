package io.vmrestore.common.contract;

import org.jspecify.annotations.Nullable;

/**
 * A volume attached to the original VM.
 *
 * @param deleteOnTermination whether Nova deletes it with the VM; true also where the cloud does not tell, so that
 *     whoever knows no better leaves the VM alone
 * @param deletionUnknown true where the cloud does not tell that; otherwise, and in plans of versions that took what is
 *     not told for false, null
 */
public record AttachedVolume(
        String volumeId,
        @Nullable String device,
        boolean boot,
        boolean deleteOnTermination,
        @Nullable Boolean deletionUnknown) {

    /** A volume of which the cloud tells whether it goes with the VM. */
    public AttachedVolume(String volumeId, @Nullable String device, boolean boot, boolean deleteOnTermination) {
        this(volumeId, device, boot, deleteOnTermination, null);
    }

    /** A volume of which the cloud may not tell whether it goes with the VM: null. */
    public static AttachedVolume told(
            String volumeId, @Nullable String device, boolean boot, @Nullable Boolean deleteOnTermination) {
        return deleteOnTermination == null
                ? new AttachedVolume(volumeId, device, boot, true, true)
                : new AttachedVolume(volumeId, device, boot, deleteOnTermination);
    }

    /** Whether it is known to go with the VM. */
    public boolean goesWithVm() {
        return deleteOnTermination && !unclear();
    }

    /** Whether it is not known if it goes with the VM. */
    public boolean unclear() {
        return Boolean.TRUE.equals(deletionUnknown);
    }
}
