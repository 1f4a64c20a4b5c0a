package io.vmrestore.openstack.compute;

/**
 * A flavor that servers can be made with.
 *
 * @param id its id
 * @param name its name
 * @param vcpus virtual CPUs
 * @param ram in MiB
 * @param disk of the root disk, in GiB; 0 for any
 * @param isPublic whether every project may use it
 */
public record Flavor(String id, String name, int vcpus, int ram, int disk, boolean isPublic) {}
