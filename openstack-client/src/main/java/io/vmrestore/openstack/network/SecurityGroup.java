package io.vmrestore.openstack.network;

/**
 * A security group.
 *
 * @param id its id
 * @param name its name; not unique
 * @param projectId the owning project
 */
public record SecurityGroup(String id, String name, String projectId) {}
