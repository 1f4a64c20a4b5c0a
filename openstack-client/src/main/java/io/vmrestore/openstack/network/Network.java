package io.vmrestore.openstack.network;

import java.util.List;

/**
 * A network.
 *
 * @param id its id
 * @param name its name
 * @param projectId the owning project
 * @param shared whether every project may use it; a member may not choose addresses on one that it does not own
 * @param external whether floating IPs come from it
 * @param portSecurityEnabled what its ports get unless told otherwise
 * @param subnetIds its subnets
 */
public record Network(
        String id,
        String name,
        String projectId,
        boolean shared,
        boolean external,
        boolean portSecurityEnabled,
        List<String> subnetIds) {

    /** Keeps its own copy. */
    public Network {
        subnetIds = List.copyOf(subnetIds);
    }
}
