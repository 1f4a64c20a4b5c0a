package io.vmrestore.openstack.network;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A port to be made. Start from {@link #on(String, String)} and change what matters.
 *
 * @param networkId the network
 * @param name its name: the mark of its maker, since tags in a create are dropped
 * @param fixedIps the addresses wanted; null: Neutron chooses one of each address family
 * @param securityGroupIds its security groups, empty for none; null: the project's default group
 * @param macAddress the MAC wanted; null: Neutron chooses
 * @param description its description; null for none
 * @param allowedAddressPairs further addresses it may use
 * @param portSecurityEnabled null: as the network has it. False requires that there be no security groups
 * @param dnsName its DNS name; null for none
 * @param qosPolicyId its QoS policy; null for none
 * @param vnicType null for {@code normal}
 * @param adminStateUp whether it is switched on; null: as Neutron does, on
 */
public record PortSpec(
        String networkId,
        String name,
        @Nullable List<FixedIp> fixedIps,
        @Nullable List<String> securityGroupIds,
        @Nullable String macAddress,
        @Nullable String description,
        List<AddressPair> allowedAddressPairs,
        @Nullable Boolean portSecurityEnabled,
        @Nullable String dnsName,
        @Nullable String qosPolicyId,
        @Nullable String vnicType,
        @Nullable Boolean adminStateUp) {

    /** Keeps its own copies. */
    public PortSpec {
        fixedIps = fixedIps == null ? null : List.copyOf(fixedIps);
        securityGroupIds = securityGroupIds == null ? null : List.copyOf(securityGroupIds);
        allowedAddressPairs = List.copyOf(allowedAddressPairs);
    }

    /** A port with the given name on the network, everything else as Neutron chooses. */
    public static PortSpec on(String networkId, String name) {
        return new PortSpec(networkId, name, null, null, null, null, List.of(), null, null, null, null, null);
    }

    /** The same port with these addresses; null leaves them to Neutron. */
    public PortSpec withFixedIps(@Nullable List<FixedIp> addresses) {
        return new PortSpec(
                networkId,
                name,
                addresses,
                securityGroupIds,
                macAddress,
                description,
                allowedAddressPairs,
                portSecurityEnabled,
                dnsName,
                qosPolicyId,
                vnicType,
                adminStateUp);
    }

    /** The same port with these security groups, empty for none. */
    public PortSpec withSecurityGroups(List<String> ids) {
        return new PortSpec(
                networkId,
                name,
                fixedIps,
                ids,
                macAddress,
                description,
                allowedAddressPairs,
                portSecurityEnabled,
                dnsName,
                qosPolicyId,
                vnicType,
                adminStateUp);
    }
}
