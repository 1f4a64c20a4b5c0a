package io.vmrestore.planner.planning;

import io.vmrestore.common.contract.AttachedVolume;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.NicPlan;
import io.vmrestore.common.contract.SourceServer;
import io.vmrestore.common.contract.WarningSeverity;
import io.vmrestore.common.text.ForeignText;
import io.vmrestore.survey.Surveyed;
import java.util.stream.Collectors;

/**
 * What is to be known of a restore in the original's place only: what is destroyed, what stays, and what may go wrong.
 */
final class ReplaceWarnings {
    private final Surveyed surveyed;
    private final SourceServer server;
    private final WarningSeverity.Listener warnings;

    ReplaceWarnings(Surveyed surveyed, WarningSeverity.Listener warnings) {
        this.surveyed = surveyed;
        this.warnings = warnings;
        server = surveyed.vm().server();
    }

    void disks() {
        warnings.say(
                WarningSeverity.LOSES,
                "VM " + ForeignText.quoted(server.name()) + " (" + server.id()
                        + ") is deleted and made again; everything written since "
                        + surveyed.restorePoint().createdAt() + ", when the snapshot was taken, is lost to it");
        String boot = server.bootVolume().id();
        boolean unclear = server.attachments().stream().anyMatch(volume -> volume.boot() && volume.unclear());
        boolean deleted = server.attachments().stream().anyMatch(volume -> volume.boot() && volume.goesWithVm());
        warnings.say(
                unclear || deleted ? WarningSeverity.LOSES : WarningSeverity.CHANGES,
                unclear
                        ? "The cloud does not tell whether the old boot volume " + boot
                                + " is deleted together with the VM"
                        : deleted
                                ? "The old boot volume " + boot
                                        + " is deleted together with the VM, unless it has snapshots;"
                                        + " then it stays and has to be deleted by hand"
                                : "The old boot volume " + boot
                                        + " stays with everything written until the deletion, and counts against the"
                                        + " quota");
        String data = server.attachments().stream()
                .filter(volume -> !volume.boot())
                .map(AttachedVolume::volumeId)
                .collect(Collectors.joining(", "));
        if (!data.isEmpty()) {
            warnings.say(
                    WarningSeverity.LOSES,
                    "Data volumes are detached, not restored, and have to be attached again by hand: " + data);
        }
    }

    void addresses(NicPlan nic, NicRequests requests, IpStrategy strategy) {
        String which = Words.nic(nic);
        strategy.warnReplacing(requests.words(nic), warnings);
        String dnsName = surveyed.vm().nics().get(nic.index()).dnsName();
        if (dnsName != null && !requests.keepsDnsName(nic)) {
            warnings.say(
                    WarningSeverity.CHANGES,
                    "The DNS name " + ForeignText.quoted(dnsName) + " of " + which
                            + " is not the host name that Nova gives a server named "
                            + ForeignText.quoted(server.name()) + " and is not restored");
        }
        if (!nic.floatingIps().isEmpty()) {
            warnings.say(
                    WarningSeverity.CHANGES,
                    "Floating IPs of " + which + " are unreachable until the new port has them: "
                            + String.join(", ", nic.floatingIps()));
        }
    }
}
