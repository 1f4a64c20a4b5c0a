package io.vmrestore.openstack.network;

import org.jspecify.annotations.Nullable;

/**
 * A floating IP.
 *
 * @param id its id
 * @param address the outside address
 * @param portId the port it leads to; null if none
 * @param fixedIp the port's address it leads to; null if none
 * @param projectId the owning project
 */
public record FloatingIp(
        String id,
        String address,
        @Nullable String portId,
        @Nullable String fixedIp,
        String projectId) {}
