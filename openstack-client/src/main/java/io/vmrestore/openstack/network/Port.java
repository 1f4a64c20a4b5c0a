package io.vmrestore.openstack.network;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A port: one NIC with all its addresses.
 *
 * @param id its id
 * @param name its name; empty if it has none
 * @param status {@code ACTIVE}, {@code DOWN}, {@code BUILD}
 * @param projectId the owning project
 * @param networkId its network
 * @param macAddress its MAC
 * @param fixedIps its addresses; v6 may come first
 * @param securityGroupIds its security groups; empty means none at all
 * @param deviceId the server that holds it; empty if none
 * @param deviceOwner {@code compute:<zone>} for a server's port; empty if free
 * @param description its description; empty if it has none
 * @param allowedAddressPairs further addresses it may use
 * @param portSecurityEnabled whether anti-spoofing and groups are applied; true where the cloud has no such extension
 * @param dnsName its DNS name; null if the cloud has no DNS integration, or empty
 * @param qosPolicyId its QoS policy; null if none
 * @param vnicType {@code normal}, {@code direct}, {@code macvtap}...
 * @param tags its tags
 * @param adminStateUp whether it is switched on
 * @param trunk the trunk whose parent it is; null if of none, or without the extension
 * @param others what else is set, by Neutron's names; see {@link io.vmrestore.openstack.transport.Json#others}
 * @param createdAt when it was made; null if the cloud does not tell
 * @param revision grows with every change; 0 if the cloud does not tell
 */
public record Port(
        String id,
        String name,
        String status,
        String projectId,
        String networkId,
        String macAddress,
        List<FixedIp> fixedIps,
        List<String> securityGroupIds,
        String deviceId,
        String deviceOwner,
        String description,
        List<AddressPair> allowedAddressPairs,
        boolean portSecurityEnabled,
        @Nullable String dnsName,
        @Nullable String qosPolicyId,
        String vnicType,
        List<String> tags,
        boolean adminStateUp,
        @Nullable Trunk trunk,
        Map<String, String> others,
        @Nullable Instant createdAt,
        long revision) {

    /** Keeps its own copies. */
    public Port {
        fixedIps = List.copyOf(fixedIps);
        securityGroupIds = List.copyOf(securityGroupIds);
        allowedAddressPairs = List.copyOf(allowedAddressPairs);
        tags = List.copyOf(tags);
        others = Map.copyOf(others);
    }

    /**
     * A trunk.
     *
     * @param id its id
     * @param subPorts ids of its sub-ports
     */
    public record Trunk(String id, List<String> subPorts) {

        /** Keeps its own copy. */
        public Trunk {
            subPorts = List.copyOf(subPorts);
        }
    }
}
