package io.vmrestore.planner.planning;

import io.vmrestore.common.contract.AttachedVolume;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.NicPlan;
import io.vmrestore.common.contract.QuotaLine;
import io.vmrestore.common.contract.QuotaVerdict;
import io.vmrestore.common.contract.SourceServer;
import io.vmrestore.openstack.network.Port;
import io.vmrestore.openstack.survey.Surveyed;
import io.vmrestore.openstack.survey.SurveyedVm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a restore beside the original will not preserve or cannot promise, one sentence each. */
final class Warnings {
    private final Surveyed surveyed;
    private final SurveyedVm vm;
    private final SourceServer server;
    private final List<String> warnings = new ArrayList<>();

    private Warnings(Surveyed surveyed) {
        this.surveyed = surveyed;
        vm = surveyed.vm();
        server = vm.server();
    }

    static List<String> of(
            Surveyed surveyed, List<NicPlan> nics, NicRequests requests, IpStrategy strategy, List<QuotaLine> quota) {
        Warnings all = new Warnings(surveyed);
        all.disks();
        all.guest();
        all.access();
        nics.forEach(nic -> all.addresses(nic, requests, strategy));
        all.ports();
        quota.stream()
                .filter(line -> line.verdict() == QuotaVerdict.UNKNOWN)
                .forEach(line -> all.say("The cloud does not tell quota " + line.resource() + "; whether it leaves room"
                        + " shows only when the restore runs"));
        return List.copyOf(all.warnings);
    }

    private void disks() {
        String data = server.attachments().stream()
                .filter(volume -> !volume.boot())
                .map(AttachedVolume::volumeId)
                .collect(Collectors.joining(", "));
        if (!data.isEmpty()) {
            say("Data volumes stay with the original and are not restored: " + data);
        }
        int original = server.bootVolume().sizeGigabytes();
        int restored = surveyed.restorePoint().sizeGigabytes();
        if (original != restored) {
            say("The boot volume had " + restored + " GiB when the snapshot was taken and gets that size, not "
                    + original + " GiB");
        }
        if (server.attachments().stream().anyMatch(volume -> volume.boot() && volume.deleteOnTermination())) {
            say("The original's boot volume is deleted together with the VM; the restored one will not be");
        }
    }

    private void guest() {
        say("The restored VM has a new id, so cloud-init in the guest takes it for a new machine and runs its"
                + " first boot again: host keys and host name are made anew"
                + (vm.userData() == null ? "" : ", and the commands of user_data run again"));
        Map<String, String> image = server.bootVolume().imageMetadata();
        if (image.keySet().stream().anyMatch(key -> key.startsWith("hw_tpm"))) {
            say("The content of the virtual TPM is not restored; disks sealed with it will not open");
        }
        if ("uefi".equals(image.get("hw_firmware_type"))) {
            say("UEFI variables (NVRAM), such as boot entries, are not restored");
        }
        if (vm.locked()) {
            say("The original is locked; the restored VM will not be");
        }
    }

    private void access() {
        if (server.keyName() != null && server.publicKey() == null) {
            say("Key pair " + server.keyName() + " of the VM's owner is gone or cannot be read; the restored VM gets no"
                    + " key from OpenStack, only what its disk holds");
        }
    }

    private void addresses(NicPlan nic, NicRequests requests, IpStrategy strategy) {
        String which = Words.nic(nic);
        String requested = Words.addresses(nic.requestedIps());
        switch (strategy) {
            case NEW_IPS -> {}
            case TRY_SAME_IPS -> {
                if (!requested.isEmpty()) {
                    say("The addresses of " + which + " are tried, not promised: " + requested + " belong to port "
                            + nic.sourcePortId() + " of the original, and unless they are freed before, the restored VM"
                            + " gets others");
                }
                if (!requests.followingMac(nic).isEmpty()) {
                    say("Address " + Words.addresses(requests.followingMac(nic)) + " of " + which
                            + " follows from the MAC address and will be another");
                }
            }
            case SAME_IPS_OR_FAIL -> {
                if (!requested.isEmpty()) {
                    say("The restore will fail unless the addresses of " + which + " are freed before it is executed: "
                            + requested + " belong to port " + nic.sourcePortId() + " of the original");
                }
            }
        }
        say("The MAC address of " + which
                + " stays with the original; software licensed or configured by it will notice");
        if (!nic.floatingIps().isEmpty()) {
            say("Floating IPs of " + which + " stay with the original: " + String.join(", ", nic.floatingIps()));
        }
    }

    private void ports() {
        for (int index = 0; index < vm.ports().size(); index++) {
            Port port = vm.ports().get(index);
            String which = Words.nic(vm.nics().get(index));
            if (!port.vnicType().isEmpty() && !port.vnicType().equals("normal")) {
                say("The type " + port.vnicType() + " of " + which + " is not restored; it becomes a normal one");
            }
            if (vm.nics().get(index).dnsName() != null) {
                say("The DNS name " + vm.nics().get(index).dnsName() + " of " + which + " stays with the original");
            }
            if (!port.name().isEmpty() || !port.description().isEmpty()) {
                say("Name and description of the port of " + which + " are not restored");
            }
        }
    }

    private void say(String sentence) {
        warnings.add(sentence + ".");
    }
}
