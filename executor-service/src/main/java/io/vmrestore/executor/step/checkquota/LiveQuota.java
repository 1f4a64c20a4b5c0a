package io.vmrestore.executor.step.checkquota;

import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.QuotaLine;
import io.vmrestore.common.contract.QuotaVerdict;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.executor.attempt.StepFailure;
import io.vmrestore.openstack.ProjectCloud;
import io.vmrestore.survey.Reads;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The project's quotas as they are now, beside what the lines of a plan need. */
public final class LiveQuota {
    private LiveQuota() {}

    /** @throws StepFailure if a quota leaves no room; one that the cloud does not tell is noted */
    public static void requireRoom(List<QuotaLine> lines, Attempt attempt) throws InterruptedException {
        ProjectCloud cloud = attempt.cloud();
        Map<String, io.vmrestore.openstack.quota.QuotaLine> live = new HashMap<>();
        List<String> unknown = new CopyOnWriteArrayList<>();
        try (Reads reads = attempt.reads()) {
            var compute = reads.start(
                    "compute", () -> quota("compute", () -> cloud.compute().quota(), unknown));
            var volume = reads.start(
                    "volume", () -> quota("volume", () -> cloud.volumes().quota(), unknown));
            var network = reads.start(
                    "network", () -> quota("network", () -> cloud.network().quota(), unknown));
            live.putAll(compute.get());
            live.putAll(volume.get());
            live.putAll(network.get());
        }
        if (!unknown.isEmpty()) {
            attempt.note("quota_unknown", unknown);
        }
        List<QuotaLine> insufficient = lines.stream()
                .map(line -> judge(line, live))
                .filter(line -> line.verdict() == QuotaVerdict.INSUFFICIENT)
                .toList();
        if (!insufficient.isEmpty()) {
            throw StepFailure.lasting(
                    FailureKind.QUOTA_EXCEEDED,
                    insufficient.stream().map(LiveQuota::describe).collect(Collectors.joining("; ")));
        }
    }

    /** A cloud that does not tell its quotas still enforces them; the create calls will say. */
    private static Map<String, io.vmrestore.openstack.quota.QuotaLine> quota(
            String service, Supplier<Map<String, io.vmrestore.openstack.quota.QuotaLine>> ask, List<String> unknown) {
        Map<String, io.vmrestore.openstack.quota.QuotaLine> told = ask.get();
        if (told.isEmpty()) {
            unknown.add(service);
        }
        return told;
    }

    private static QuotaLine judge(QuotaLine line, Map<String, io.vmrestore.openstack.quota.QuotaLine> live) {
        io.vmrestore.openstack.quota.QuotaLine now = live.get(line.resource());
        return now == null
                ? QuotaLine.of(line.resource(), null, null, null, line.needed())
                : QuotaLine.of(line.resource(), now.limit(), now.used(), now.reserved(), line.needed());
    }

    private static String describe(QuotaLine line) {
        String reserved = line.reserved() == null || line.reserved() == 0 ? "" : ", " + line.reserved() + " reserved";
        return "Quota " + line.resource() + " leaves no room: " + line.needed() + " needed, " + line.used() + " of "
                + line.limit() + " used" + reserved;
    }
}
