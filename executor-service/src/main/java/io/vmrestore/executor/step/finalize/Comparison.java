package io.vmrestore.executor.step.finalize;

import io.vmrestore.common.contract.AttachedVolume;
import io.vmrestore.common.contract.Carried;
import io.vmrestore.common.contract.Difference;
import io.vmrestore.common.contract.FlavorInfo;
import io.vmrestore.common.contract.NicPlan;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.SourceServer;
import io.vmrestore.common.contract.SourceVolume;
import io.vmrestore.openstack.compute.Server;
import io.vmrestore.openstack.compute.ServerFlavor;
import io.vmrestore.openstack.compute.VolumeAttachment;
import io.vmrestore.openstack.network.FixedIp;
import io.vmrestore.openstack.network.Port;
import io.vmrestore.openstack.volume.Volume;
import io.vmrestore.survey.InterfaceOrder;
import io.vmrestore.survey.OwnMetadata;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Compares a restored server with the original that the plan describes. What the restore itself has added, such as its
 * mark and the import of the key pair, is a difference like any other; what every restore adds is told as that.
 */
final class Comparison {
    private static final String NONE = "none";

    private final Plan plan;
    private final Map<String, List<String>> floatingIps;
    private final List<Difference> differences = new ArrayList<>();

    /** @param floatingIps the outside addresses that lead to the restored ports, by port id */
    Comparison(Plan plan, Map<String, List<String>> floatingIps) {
        this.plan = plan;
        this.floatingIps = floatingIps;
    }

    List<Difference> differences(Server server, List<VolumeAttachment> attachments, Volume volume, List<Port> ports) {
        compareServer(plan.server(), server);
        compareMaps("metadata", plan.server().metadata(), server.metadata());
        compareVolume(plan.server().bootVolume(), volume);
        if (plan.carried() != null) {
            compareCarried(plan.carried(), server, volume);
            compare("boot_disk_tag", plan.carried().bootDiskTag(), bootDiskTag(attachments, volume.id()));
        }
        compareAttachments(plan.server().attachments(), attachments, volume.id());
        for (int index = 0; index < ports.size() && index < plan.nics().size(); index++) {
            comparePort(plan.nics().get(index), ports.get(index));
            compareAdminState(index, ports.get(index));
        }
        if (!InterfaceOrder.known(plan.nics())) {
            differences.add(new Difference(
                    "interface_order",
                    "cannot be read from the cloud",
                    "as the plan lists the interfaces, which may differ from the original's"));
        }
        return List.copyOf(differences);
    }

    private void compareServer(SourceServer original, Server restored) {
        compare("status", original.status(), restored.status());
        compare("flavor", describe(original.flavor()), describe(restored.flavor()));
        compare("key_pair", original.keyName(), restored.keyName());
        compare("owner", original.userId(), restored.userId());
        compare("tags", sorted(original.tags()), sorted(restored.tags()));
        compare("description", original.description(), restored.description());
        compare("availability_zone", original.availabilityZone(), restored.availabilityZone());
        compare("config_drive", original.configDrive(), restored.configDrive());
        if (restored.serverGroupIds() != null) {
            compare(
                    "server_group",
                    original.serverGroupId(),
                    restored.serverGroupIds().stream().findFirst().orElse(null));
        }
        compare("security_groups", sorted(original.securityGroups()), sorted(restored.securityGroups()));
    }

    private void compareVolume(SourceVolume original, Volume restored) {
        compare("volume.size", original.sizeGigabytes(), restored.size());
        compare("volume.type", original.volumeType(), restored.type());
        compare("volume.availability_zone", original.availabilityZone(), restored.availabilityZone());
        compareMaps("volume.image_properties", original.imageMetadata(), restored.imageMetadata());
    }

    private void compareCarried(Carried carried, Server server, Volume volume) {
        compareMaps("volume.metadata", carried.volumeMetadata(), OwnMetadata.ofVolume(volume.metadata()));
        compare("volume.description", carried.volumeDescription(), volume.description());
        if (carried.accessIpv4() != null) {
            compare("access_ipv4", carried.accessIpv4(), server.accessIpv4());
        }
        if (carried.accessIpv6() != null) {
            compare("access_ipv6", carried.accessIpv6(), server.accessIpv6());
        }
    }

    private static @Nullable String bootDiskTag(List<VolumeAttachment> attachments, String bootVolumeId) {
        return attachments.stream()
                .filter(attached -> attached.volumeId().equals(bootVolumeId) && attached.tag() != null)
                .map(VolumeAttachment::tag)
                .findFirst()
                .orElse(null);
    }

    private void compareAdminState(int index, Port restored) {
        Carried carried = plan.carried();
        if (carried != null) {
            compare(
                    "nics[" + index + "].admin_state_up",
                    !carried.portsDown().contains(index),
                    restored.adminStateUp());
        }
    }

    private void compareAttachments(
            List<AttachedVolume> original, List<VolumeAttachment> restored, String bootVolumeId) {
        List<String> dataVolumes = original.stream()
                .filter(attached -> !attached.boot())
                .map(AttachedVolume::volumeId)
                .toList();
        compare("data_volumes", sorted(dataVolumes), NONE);
        original.stream()
                .filter(boot -> boot.boot() && !boot.unclear())
                .forEach(boot -> restored.stream()
                        .filter(attached ->
                                attached.volumeId().equals(bootVolumeId) && attached.deleteOnTermination() != null)
                        .forEach(attached -> compare(
                                "delete_on_termination", boot.deleteOnTermination(), attached.deleteOnTermination())));
    }

    private void comparePort(NicPlan original, Port restored) {
        String nic = "nics[" + original.index() + "].";
        compare(
                nic + "ips",
                sorted(original.originalIps().stream().map(ip -> ip.ipAddress()).toList()),
                sorted(restored.fixedIps().stream().map(FixedIp::ipAddress).toList()));
        compare(nic + "mac_address", original.macAddress(), restored.macAddress());
        compare(nic + "security_groups", sorted(original.securityGroups()), sorted(restored.securityGroupIds()));
        compare(nic + "port_security", original.portSecurityEnabled(), restored.portSecurityEnabled());
        compare(
                nic + "allowed_address_pairs",
                sorted(original.allowedAddressPairs().stream()
                        .map(pair -> pair.ipAddress())
                        .toList()),
                sorted(restored.allowedAddressPairs().stream()
                        .map(pair -> pair.ipAddress())
                        .toList()));
        compare(nic + "dns_name", original.dnsName(), restored.dnsName());
        compare(nic + "qos_policy", original.qosPolicyId(), restored.qosPolicyId());
        compare(nic + "tags", sorted(original.tags()), sorted(restored.tags()));
        compare(
                nic + "floating_ips",
                sorted(original.floatingIps()),
                sorted(floatingIps.getOrDefault(restored.id(), List.of())));
    }

    private void compareMaps(String field, Map<String, String> original, Map<String, String> restored) {
        TreeSet<String> keys = new TreeSet<>(original.keySet());
        keys.addAll(restored.keySet());
        for (String key : keys) {
            // An original that was itself restored has such items of its own.
            boolean added = OwnMetadata.isOwn(key);
            compare(field + "." + key, original.get(key), restored.get(key), added ? true : null);
        }
    }

    private void compare(String field, @Nullable Object original, @Nullable Object restored) {
        compare(field, original, restored, null);
    }

    private void compare(
            String field, @Nullable Object original, @Nullable Object restored, @Nullable Boolean addedByRestore) {
        String before = text(original);
        String after = text(restored);
        if (!before.equals(after)) {
            differences.add(new Difference(field, before, after, addedByRestore));
        }
    }

    /** OpenStack says sometimes null and sometimes empty where there is nothing. */
    private static String text(@Nullable Object value) {
        String text = Objects.toString(value, "");
        return text.isEmpty() ? NONE : text;
    }

    private static String sorted(Collection<String> values) {
        return String.join(", ", new TreeSet<>(values));
    }

    private static String describe(FlavorInfo flavor) {
        return describe(flavor.name(), flavor.vcpus(), flavor.ramMegabytes(), flavor.diskGigabytes());
    }

    private static String describe(ServerFlavor flavor) {
        return describe(flavor.name(), flavor.vcpus(), flavor.ram(), flavor.disk());
    }

    private static String describe(String name, int vcpus, int ram, int disk) {
        return name + " (" + vcpus + " vCPU, " + ram + " MiB, " + disk + " GiB)";
    }
}
