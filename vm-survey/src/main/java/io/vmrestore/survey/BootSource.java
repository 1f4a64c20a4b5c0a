package io.vmrestore.survey;

import io.vmrestore.common.contract.BootMode;
import io.vmrestore.common.text.ForeignText;
import io.vmrestore.openstack.compute.Server;
import io.vmrestore.openstack.compute.VolumeAttachment;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a VM boots from: the one verdict that lists, restore points and plans share. The volume at the root device
 * decides, whether or not an image is told as well; without one it is the VM's only volume, or the only one of several
 * that is bootable.
 */
public sealed interface BootSource {

    /** It boots from this volume. */
    record BootVolume(String volumeId) implements BootSource {}

    /** It boots from an image. */
    record Image() implements BootSource {}

    /** Nobody can say what it boots from; the reason is a sentence without its subject, the VM. */
    record Unclear(String reason) implements BootSource {}

    /** As lists and plans tell it; a VM of which nobody can say more has no image, so it boots from a volume. */
    default BootMode mode() {
        return switch (this) {
            case BootVolume _, Unclear _ -> BootMode.VOLUME;
            case Image _ -> BootMode.IMAGE;
        };
    }

    /**
     * Decides.
     *
     * @param disks the VM's volumes, see {@link AttachedDisks}
     * @param bootable whether a volume is bootable, by id; one that is not in it is not told
     */
    static BootSource of(Server server, List<VolumeAttachment> disks, Map<String, Boolean> bootable) {
        List<VolumeAttachment> atRoot = atRoot(server, disks);
        if (atRoot.size() == 1) {
            return new BootVolume(atRoot.getFirst().volumeId());
        }
        if (server.imageId() != null) {
            return new Image();
        }
        List<VolumeAttachment> candidates =
                disks.stream().filter(disk -> possible(server, disk, bootable)).toList();
        if (candidates.size() != 1) {
            candidates = candidates.stream()
                    .filter(disk -> Boolean.TRUE.equals(bootable.get(disk.volumeId())))
                    .toList();
        }
        return candidates.size() == 1
                ? new BootVolume(candidates.getFirst().volumeId())
                : new Unclear(unclear(server, candidates));
    }

    /** Whether these disks decide beyond doubt, so that no other source needs to be asked. */
    static boolean decided(Server server, List<VolumeAttachment> disks, Map<String, Boolean> bootable) {
        if (disks.isEmpty()) {
            return true;
        }
        List<VolumeAttachment> atRoot = atRoot(server, disks);
        if (atRoot.size() == 1) {
            return disks.stream()
                    .filter(disk -> !disk.equals(atRoot.getFirst()))
                    .noneMatch(disk -> bootable.getOrDefault(disk.volumeId(), true));
        }
        return server.imageId() != null
                && server.rootDeviceName() != null
                && atRoot.isEmpty()
                && disks.stream().allMatch(disk -> disk.device() != null);
    }

    /** The volumes at the root device; clouds write it with {@code /dev/} and without. */
    private static List<VolumeAttachment> atRoot(Server server, List<VolumeAttachment> disks) {
        String root = bare(server.rootDeviceName());
        return root == null
                ? List.of()
                : disks.stream()
                        .filter(disk -> Objects.equals(bare(disk.device()), root))
                        .toList();
    }

    /** One that is known to be at another device and not to be bootable is no boot volume. */
    private static boolean possible(Server server, VolumeAttachment disk, Map<String, Boolean> bootable) {
        boolean elsewhere = disk.device() != null && server.rootDeviceName() != null;
        return bootable.getOrDefault(disk.volumeId(), !elsewhere);
    }

    private static String unclear(Server server, List<VolumeAttachment> candidates) {
        if (candidates.size() > 1) {
            return "has several bootable volumes and none at its root device ("
                    + candidates.stream().map(VolumeAttachment::volumeId).collect(Collectors.joining(", "))
                    + "), so nobody can say which it boots from";
        }
        return server.rootDeviceName() == null
                ? "has no root device yet (" + server.status() + "), so there is nothing to restore"
                : "has no volume at its root device " + ForeignText.inSentence(server.rootDeviceName()) + " ("
                        + server.status() + "), so there is nothing to restore";
    }

    private static @Nullable String bare(@Nullable String device) {
        return device == null || !device.startsWith("/dev/") ? device : device.substring("/dev/".length());
    }

    /** Why a VM that boots from an image cannot be restored; a sentence without its subject. */
    String OF_IMAGE = "boots from an image: it has no boot volume whose snapshot could be restored";
}
