package io.vmrestore.openstack.identity;

/**
 * A project (tenant).
 *
 * @param id its id
 * @param name its name, unique in its domain
 * @param description what its makers say of it; empty if nothing
 * @param domainId its domain
 * @param enabled whether tokens can be scoped to it
 */
public record Project(String id, String name, String description, String domainId, boolean enabled) {}
