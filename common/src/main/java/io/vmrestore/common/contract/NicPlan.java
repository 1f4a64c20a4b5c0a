package io.vmrestore.common.contract;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One network interface: what the original has and what the restored VM asks for.
 *
 * @param index position among the VM's interfaces, from 0; decides the order in the guest (eth0, eth1)
 * @param networkName null if the network is gone
 * @param requestedIps empty if the network shall assign the addresses
 * @param securityGroups ids; empty means none at all, which differs from the project's default
 * @param floatingIps addresses that point to the original port; they stay there in NEW and follow in REPLACE
 * @param floatingTargets the original's fixed address that each floating IP leads to, by floating address; null in
 *     plans of versions that did not tell
 */
public record NicPlan(
        int index,
        String networkId,
        @Nullable String networkName,
        String sourcePortId,
        String sourcePortName,
        String macAddress,
        List<FixedIp> originalIps,
        List<FixedIp> requestedIps,
        List<String> securityGroups,
        boolean portSecurityEnabled,
        List<AddressPair> allowedAddressPairs,
        @Nullable String dnsName,
        @Nullable String qosPolicyId,
        List<String> tags,
        List<String> floatingIps,
        @Nullable Map<String, String> floatingTargets) {}
