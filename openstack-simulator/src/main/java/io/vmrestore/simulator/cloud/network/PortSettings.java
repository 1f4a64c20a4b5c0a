package io.vmrestore.simulator.cloud.network;

import java.util.List;

/** What an owner may set on a port at any time. */
public record PortSettings(
        String name,
        String description,
        boolean adminStateUp,
        boolean portSecurity,
        List<String> securityGroups,
        List<AddressPair> allowedAddressPairs) {}
