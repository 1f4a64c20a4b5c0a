package io.vmrestore.openstack.compute;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The flavor as the server remembers it, which stays even when the flavor is deleted.
 *
 * @param id its id; null from compute 2.47, where only the name is told
 * @param name its name when the server was made; empty before compute 2.47
 * @param vcpus virtual CPUs; 0 before compute 2.47
 * @param ram in MiB; 0 before compute 2.47
 * @param disk of the root disk, in GiB
 * @param ephemeral of the ephemeral disk, in GiB
 * @param swap of the swap disk, in MiB
 * @param extraSpecs its extra specs; null where they are not told
 */
public record ServerFlavor(
        @Nullable String id,
        String name,
        int vcpus,
        int ram,
        int disk,
        int ephemeral,
        int swap,
        @Nullable Map<String, String> extraSpecs) {

    /** The flavor of a cloud that tells nothing but its size. */
    public ServerFlavor(@Nullable String id, String name, int vcpus, int ram, int disk) {
        this(id, name, vcpus, ram, disk, 0, 0, null);
    }
}
