package io.vmrestore.planner.planning;

import io.vmrestore.common.contract.Carried;
import io.vmrestore.common.contract.NicPlan;
import io.vmrestore.common.contract.QuotaLine;
import io.vmrestore.common.contract.QuotaVerdict;
import io.vmrestore.common.contract.RestoreCommand.PlanRestore;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.common.contract.SourceServer;
import io.vmrestore.common.contract.WarningSeverity;
import io.vmrestore.common.text.ForeignText;
import io.vmrestore.survey.Surveyed;
import io.vmrestore.survey.SurveyedVm;
import io.vmrestore.survey.create.CreateProof;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a restore will not preserve or cannot promise, one sentence each, with what it means for who decides. */
final class Warnings {
    /** States in which the guest does not run. */
    private static final Set<String> STOPPED = Set.of("SHUTOFF", "SHELVED", "SHELVED_OFFLOADED", "PAUSED", "SUSPENDED");

    private final Surveyed surveyed;
    private final SurveyedVm vm;
    private final SourceServer server;
    private final List<String> sentences = new ArrayList<>();
    private final List<WarningSeverity> severities = new ArrayList<>();

    private Warnings(Surveyed surveyed) {
        this.surveyed = surveyed;
        vm = surveyed.vm();
        server = vm.server();
    }

    static Warnings of(
            Surveyed surveyed,
            PlanRestore command,
            List<NicPlan> nics,
            NicRequests requests,
            List<QuotaLine> quota,
            CreateProof proof) {
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
        all.power();
        all.guest();
        all.access();
        PortWarnings ports = new PortWarnings(surveyed.vm(), all::say);
        ports.order();
        ports.tags();
        nics.forEach(nic -> ports.port(nic, command));
        all.address(command.mode() == RestoreMode.REPLACE && proof.carried().accessIpv4() != null);
        Stream.of(surveyed.vm().untold(), surveyed.vm().uncarried(), proof.warnings())
                .flatMap(List::stream)
                .forEach(all::change);
        quota.stream()
                .filter(line -> line.verdict() == QuotaVerdict.UNKNOWN)
                .forEach(line -> all.change("The cloud does not tell quota " + ForeignText.inSentence(line.resource())
                        + "; whether it leaves room" + " shows only when the restore runs"));
        return all;
    }

    List<String> sentences() {
        return List.copyOf(sentences);
    }

    /** Of each sentence. */
    List<WarningSeverity> severities() {
        return List.copyOf(severities);
    }

    private void size() {
        int original = server.bootVolume().sizeGigabytes();
        int restored = surveyed.restorePoint().sizeGigabytes();
        if (original != restored) {
            change("The boot volume had " + restored + " GiB when the snapshot was taken and gets that size, not "
                    + original + " GiB");
        }
    }

    private void guest() {
        change("The restored VM has a new id, so cloud-init in the guest takes it for a new machine and runs its"
                + " first boot again: host keys and host name are made anew"
                + (vm.userData() == null ? "" : ", and the commands of user_data run again"));
        Map<String, String> image = server.bootVolume().imageMetadata();
        if (image.keySet().stream().anyMatch(key -> key.startsWith("hw_tpm"))) {
            say(
                    WarningSeverity.LOSES,
                    "The content of the virtual TPM is not restored; disks sealed with it will not open");
        }
        if ("uefi".equals(image.get("hw_firmware_type"))) {
            change("UEFI variables (NVRAM), such as boot entries, are not restored");
        }
    }

    private void access() {
        if (server.keyName() != null && server.publicKey() == null) {
            say(
                    WarningSeverity.LOSES,
                    "Key pair " + ForeignText.quoted(server.keyName())
                            + " of the VM's owner is gone or cannot be read; the restored VM gets no"
                            + " key from OpenStack, only what its disk holds");
        }
    }

    /** Nova can only boot what it makes. */
    private void power() {
        if (STOPPED.contains(server.status())) {
            change("The VM is stopped (" + server.status()
                    + "), but the restored VM is started; stop it afterwards if it" + " shall not run");
        }
    }

    private void address(boolean carried) {
        Carried all = vm.carried();
        String given = Stream.of(all.accessIpv4(), all.accessIpv6())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(", "));
        if (!carried && !given.isEmpty()) {
            change("The VM's accessIPv4 or accessIPv6 (" + ForeignText.inSentence(given)
                    + ") is not restored, because it may not lead to the restored" + " VM");
        }
    }

    private void change(String sentence) {
        say(WarningSeverity.CHANGES, sentence);
    }

    private void say(WarningSeverity severity, String sentence) {
        severities.add(severity);
        sentences.add(sentence + ".");
    }
}
