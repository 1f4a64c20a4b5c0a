package io.vmrestore.planner.planning;

import io.vmrestore.common.contract.AttachedVolume;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.NicPlan;
import io.vmrestore.common.contract.SourceServer;
import io.vmrestore.common.contract.WarningSeverity;
import io.vmrestore.common.text.ForeignText;
import io.vmrestore.survey.SurveyedVm;
import java.util.stream.Collectors;

/** What is to be known of a restore beside the original only: what the original keeps for itself. */
final class BesideWarnings {
    private final SurveyedVm vm;
    private final SourceServer server;
    private final WarningSeverity.Listener warnings;

    BesideWarnings(SurveyedVm vm, WarningSeverity.Listener warnings) {
        this.vm = vm;
        this.warnings = warnings;
        server = vm.server();
    }

    void disks() {
        String data = server.attachments().stream()
                .filter(volume -> !volume.boot())
                .map(AttachedVolume::volumeId)
                .collect(Collectors.joining(", "));
        if (!data.isEmpty()) {
            warnings.say(WarningSeverity.LOSES, "Data volumes stay with the original and are not restored: " + data);
        }
        if (server.attachments().stream().anyMatch(volume -> volume.boot() && volume.goesWithVm())) {
            warnings.say(
                    WarningSeverity.COSMETIC,
                    "The original's boot volume is deleted together with the VM; the restored one will not be");
        }
        if (vm.locked()) {
            warnings.say(WarningSeverity.COSMETIC, "The original is locked; the restored VM will not be");
        }
    }

    void addresses(NicPlan nic, NicRequests requests, IpStrategy strategy) {
        String which = Words.nic(nic);
        strategy.warnBeside(requests.words(nic), warnings);
        warnings.say(
                WarningSeverity.COSMETIC,
                "The MAC address of " + which
                        + " stays with the original; software licensed or configured by it will notice");
        String dnsName = vm.nics().get(nic.index()).dnsName();
        if (dnsName != null) {
            warnings.say(
                    WarningSeverity.CHANGES,
                    "The DNS name " + ForeignText.quoted(dnsName) + " of " + which + " stays with the original");
        }
        if (!nic.floatingIps().isEmpty()) {
            warnings.say(
                    WarningSeverity.CHANGES,
                    "Floating IPs of " + which + " stay with the original: " + String.join(", ", nic.floatingIps()));
        }
    }
}
