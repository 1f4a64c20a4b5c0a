package io.vmrestore.planner.planning;

import io.vmrestore.common.contract.QuotaLine;
import io.vmrestore.common.contract.QuotaVerdict;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.common.text.ForeignText;
import io.vmrestore.openstack.ProjectCloud;
import io.vmrestore.survey.Reads;
import io.vmrestore.survey.Surveyed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the project's quotas leave beside what a restore needs. */
final class QuotaCheck {
    private final Reads.Read<Map<String, io.vmrestore.openstack.quota.QuotaLine>> compute;
    private final Reads.Read<Map<String, io.vmrestore.openstack.quota.QuotaLine>> volume;
    private final Reads.Read<Map<String, io.vmrestore.openstack.quota.QuotaLine>> network;

    /** Begins to read the three services' quotas. */
    QuotaCheck(Reads reads, ProjectCloud project) {
        compute = reads.start("compute", () -> project.compute().quota());
        volume = reads.start("volume", () -> project.volumes().quota());
        network = reads.start("network", () -> project.network().quota());
    }

    /**
     * The lines of all three services. What a replaced VM frees is needed again by its successor, so of its own size
     * nothing more is needed; its old boot volume stays beside the new one.
     */
    List<QuotaLine> lines(RestoreMode mode, Surveyed surveyed) throws InterruptedException {
        int one = mode == RestoreMode.NEW ? 1 : 0;
        var flavor = surveyed.vm().server().flavor();
        long gigabytes = surveyed.restorePoint().sizeGigabytes();
        Map<String, io.vmrestore.openstack.quota.QuotaLine> nova = compute.get();
        Map<String, io.vmrestore.openstack.quota.QuotaLine> cinder = volume.get();
        List<QuotaLine> lines = new ArrayList<>();
        lines.add(line("instances", nova.get("instances"), one));
        lines.add(line("cores", nova.get("cores"), (long) one * flavor.vcpus()));
        lines.add(line("ram", nova.get("ram"), (long) one * flavor.ramMegabytes()));
        lines.add(line("volumes", cinder.get("volumes"), 1));
        lines.add(line("gigabytes", cinder.get("gigabytes"), gigabytes));
        String type = surveyed.vm().server().bootVolume().volumeType();
        if (type != null) {
            lines.add(line("gigabytes_" + type, cinder.get("gigabytes_" + type), gigabytes));
            addIfLimited(lines, "volumes_" + type, cinder, 1);
        }
        addIfLimited(lines, "per_volume_gigabytes", cinder, gigabytes);
        lines.add(line(
                "ports",
                network.get().get("ports"),
                (long) one * surveyed.vm().nics().size()));
        return List.copyOf(lines);
    }

    /** Why a line does not leave room, in words. */
    static String describe(QuotaLine line) {
        String reserved =
                line.reserved() == null || line.reserved() == 0 ? "" : " and " + line.reserved() + " reserved";
        return "Quota " + ForeignText.inSentence(line.resource()) + " leaves no room: " + line.needed()
                + " needed, but " + line.used() + " of " + line.limit() + " used" + reserved;
    }

    private static void addIfLimited(
            List<QuotaLine> lines,
            String name,
            Map<String, io.vmrestore.openstack.quota.QuotaLine> quota,
            long needed) {
        io.vmrestore.openstack.quota.QuotaLine told = quota.get(name);
        if (told != null && !told.unlimited()) {
            lines.add(line(name, told, needed));
        }
    }

    private static QuotaLine line(String name, io.vmrestore.openstack.quota.@Nullable QuotaLine told, long needed) {
        return told == null
                ? QuotaLine.of(name, null, null, null, needed)
                : QuotaLine.of(name, told.limit(), told.used(), told.reserved(), needed);
    }

    static boolean insufficient(QuotaLine line) {
        return line.verdict() == QuotaVerdict.INSUFFICIENT;
    }
}
