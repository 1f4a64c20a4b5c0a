package io.vmrestore.simulator.cloud.network;

import org.jspecify.annotations.Nullable;

/** A rule of a security group; without protocol and port it means everything. */
public record SecurityGroupRule(
        String id,
        String direction,
        String ethertype,
        @Nullable String protocol,
        @Nullable Integer port,
        @Nullable String remoteGroupId) {}
