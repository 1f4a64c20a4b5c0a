package io.vmrestore.openstack.identity;

/**
 * A user.
 *
 * @param id its id
 * @param name its name, unique in its domain
 * @param domainId its domain
 * @param enabled whether it can log in
 */
public record User(String id, String name, String domainId, boolean enabled) {}
