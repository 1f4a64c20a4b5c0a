package io.vmrestore.openstack.compute;

import org.jspecify.annotations.Nullable;

/**
 * The flavor as the server remembers it, which stays even when the flavor is deleted.
 *
 * @param id its id; null from compute 2.47, where only the name is told
 * @param name its name when the server was made; empty before compute 2.47
 * @param vcpus virtual CPUs; 0 before compute 2.47
 * @param ram in MiB; 0 before compute 2.47
 * @param disk of the root disk, in GiB
 */
public record ServerFlavor(@Nullable String id, String name, int vcpus, int ram, int disk) {}
