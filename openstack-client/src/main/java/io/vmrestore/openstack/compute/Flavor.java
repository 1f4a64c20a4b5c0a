package io.vmrestore.openstack.compute;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A flavor that servers can be made with.
 *
 * @param id its id
 * @param name its name
 * @param vcpus virtual CPUs
 * @param ram in MiB
 * @param disk of the root disk, in GiB; 0 for any
 * @param isPublic whether every project may use it
 * @param ephemeral of the ephemeral disk, in GiB
 * @param swap of the swap disk, in MiB
 * @param extraSpecs its extra specs; null where they are not told
 */
public record Flavor(
        String id,
        String name,
        int vcpus,
        int ram,
        int disk,
        boolean isPublic,
        int ephemeral,
        int swap,
        @Nullable Map<String, String> extraSpecs) {

    /** A flavor of a cloud that tells nothing but its size. */
    public Flavor(String id, String name, int vcpus, int ram, int disk, boolean isPublic) {
        this(id, name, vcpus, ram, disk, isPublic, 0, 0, null);
    }
}
