package io.vmrestore.planner.planning;

import io.vmrestore.common.contract.NicPlan;
import io.vmrestore.common.contract.QuotaLine;
import io.vmrestore.common.contract.QuotaVerdict;
import io.vmrestore.common.contract.RestoreCommand.PlanRestore;
import io.vmrestore.common.contract.SourceServer;
import io.vmrestore.openstack.network.Port;
import io.vmrestore.survey.Surveyed;
import io.vmrestore.survey.SurveyedVm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a restore will not preserve or cannot promise, one sentence each. */
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
            Surveyed surveyed, PlanRestore command, List<NicPlan> nics, NicRequests requests, List<QuotaLine> quota) {
        Warnings all = new Warnings(surveyed);
        switch (command.mode()) {
            case NEW -> {
                BesideWarnings beside = new BesideWarnings(surveyed.vm(), all::say);
                beside.disks();
                nics.forEach(nic -> beside.addresses(nic, requests, command.ipStrategy()));
            }
            case REPLACE -> {
                ReplaceWarnings replace = new ReplaceWarnings(surveyed, all::say);
                replace.disks();
                nics.forEach(nic -> replace.addresses(nic, requests, command.ipStrategy()));
            }
        }
        all.size();
        all.guest();
        all.access();
        all.ports();
        surveyed.vm().untold().forEach(all::say);
        quota.stream()
                .filter(line -> line.verdict() == QuotaVerdict.UNKNOWN)
                .forEach(line -> all.say("The cloud does not tell quota " + line.resource() + "; whether it leaves room"
                        + " shows only when the restore runs"));
        return List.copyOf(all.warnings);
    }

    private void size() {
        int original = server.bootVolume().sizeGigabytes();
        int restored = surveyed.restorePoint().sizeGigabytes();
        if (original != restored) {
            say("The boot volume had " + restored + " GiB when the snapshot was taken and gets that size, not "
                    + original + " GiB");
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
    }

    private void access() {
        if (server.keyName() != null && server.publicKey() == null) {
            say("Key pair " + server.keyName() + " of the VM's owner is gone or cannot be read; the restored VM gets no"
                    + " key from OpenStack, only what its disk holds");
        }
    }

    private void ports() {
        for (int index = 0; index < vm.ports().size(); index++) {
            Port port = vm.ports().get(index);
            String which = Words.nic(vm.nics().get(index));
            if (!port.vnicType().isEmpty() && !port.vnicType().equals("normal")) {
                say("The type " + port.vnicType() + " of " + which + " is not restored; it becomes a normal one");
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
