package io.vmrestore.openstack.identity;

/**
 * A project (tenant).
 *
 * @param id its id
 * @param name its name, unique in its domain
 * @param domainId its domain
 * @param enabled whether tokens can be scoped to it
 */
public record Project(String id, String name, String domainId, boolean enabled) {}
