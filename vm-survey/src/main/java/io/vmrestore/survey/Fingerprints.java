package io.vmrestore.survey;

import io.vmrestore.common.contract.AddressPair;
import io.vmrestore.common.contract.AttachedVolume;
import io.vmrestore.common.contract.Fingerprint;
import io.vmrestore.common.contract.FixedIp;
import io.vmrestore.common.contract.NicPlan;
import io.vmrestore.common.contract.RestorePoint;
import io.vmrestore.common.contract.SourceServer;
import io.vmrestore.openstack.network.Subnet;
import java.util.Comparator;

/**
 * What makes a plan outdated when it changes. Left out is what changes by itself (status, times, host), what is only
 * copied (metadata, tags, description), and user_data: a digest of it would let a reader of the event try out
 * passwords.
 */
final class Fingerprints {
    private Fingerprints() {}

    static Fingerprint of(SurveyedVm vm, RestorePoint point) {
        return new Fingerprint(server(vm.server()), restorePoint(point), ports(vm), networks(vm));
    }

    private static String server(SourceServer server) {
        Digest digest = new Digest()
                .add("id", server.id())
                .add("name", server.name())
                .add("project", server.projectId())
                .add("user", server.userId())
                .add("flavor", server.flavor().name())
                .add("flavor id", server.flavor().id())
                .add("vcpus", server.flavor().vcpus())
                .add("ram", server.flavor().ramMegabytes())
                .add("disk", server.flavor().diskGigabytes())
                .add("key", server.keyName())
                .add("key fingerprint", server.keyFingerprint())
                .add("server group", server.serverGroupId())
                .addSorted("security group", server.securityGroups())
                .add("boot volume", server.bootVolume().id())
                .add("boot volume type", server.bootVolume().volumeType());
        server.attachments().stream()
                .sorted(Comparator.comparing(AttachedVolume::volumeId))
                .forEach(volume -> digest.add("volume", volume.volumeId())
                        .add("device", volume.device())
                        .add("boot", volume.boot()));
        return digest.hex();
    }

    private static String restorePoint(RestorePoint point) {
        return new Digest()
                .add("id", point.id())
                .add("volume", point.volumeId())
                .add("size", point.sizeGigabytes())
                .add("created", point.createdAt())
                .hex();
    }

    private static String ports(SurveyedVm vm) {
        Digest digest = new Digest();
        for (NicPlan nic : vm.nics()) {
            digest.add("index", nic.index())
                    .add("port", nic.sourcePortId())
                    .add("network", nic.networkId())
                    .add("mac", nic.macAddress())
                    .add("port security", nic.portSecurityEnabled())
                    .add("qos", nic.qosPolicyId())
                    .addSorted(
                            "ip",
                            nic.originalIps().stream().map(Fingerprints::text).toList())
                    .addSorted("security group", nic.securityGroups())
                    .addSorted(
                            "pair",
                            nic.allowedAddressPairs().stream()
                                    .map(Fingerprints::text)
                                    .toList());
        }
        return digest.addSorted("lost", vm.lostInterfaces()).hex();
    }

    private static String networks(SurveyedVm vm) {
        return new Digest()
                .addSorted(
                        "network",
                        vm.nics().stream()
                                .map(nic -> nic.networkId() + (nic.networkName() == null ? " gone" : ""))
                                .distinct()
                                .toList())
                .addSorted(
                        "subnet",
                        vm.subnets().values().stream().map(Fingerprints::text).toList())
                .hex();
    }

    private static String text(FixedIp ip) {
        return ip.subnetId() + " " + ip.ipAddress();
    }

    private static String text(AddressPair pair) {
        return pair.ipAddress() + " " + pair.macAddress();
    }

    private static String text(Subnet subnet) {
        return String.join(
                " ", subnet.id(), subnet.networkId(), subnet.cidr(), String.valueOf(subnet.ipv6AddressMode()));
    }
}
