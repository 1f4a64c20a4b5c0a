package io.vmrestore.common.contract;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a restored VM gets beyond its {@link SourceServer}, and what is not asked for.
 *
 * @param leftOut fields that are not sent because the cloud would refuse them, such as {@code availability_zone} and
 *     {@code metadata.restored_from_key}; the plan's warnings say why
 * @param accessIpv4 the address under which the VM is said to be reachable; null if none is carried
 * @param accessIpv6 the same for IPv6
 * @param volumeMetadata metadata of the boot volume that its user gave it
 * @param volumeDescription description of the boot volume; null if it has none of its user's
 * @param portsDown indexes of the interfaces whose port is administratively down
 * @param bootDiskTag device tag of the boot disk; null if it has none
 * @param interfaceTags device tags of the interfaces, by their index; null if the cloud does not tell
 */
public record Carried(
        List<String> leftOut,
        @Nullable String accessIpv4,
        @Nullable String accessIpv6,
        Map<String, String> volumeMetadata,
        @Nullable String volumeDescription,
        List<Integer> portsDown,
        @Nullable String bootDiskTag,
        @Nullable Map<String, String> interfaceTags) {}
