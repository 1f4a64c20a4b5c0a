package io.vmrestore.survey;

import io.vmrestore.common.contract.AttachedVolume;
import io.vmrestore.common.contract.Carried;
import io.vmrestore.common.contract.Fingerprint;
import io.vmrestore.common.contract.NicPlan;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.SourceServer;
import io.vmrestore.common.contract.SourceVolume;
import io.vmrestore.common.text.ForeignText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What has changed of a VM since its plan was made. Everything that a restore carries is compared: what a digest of the
 * {@link Fingerprint} covers by the digest, and every carried field by its value in the plan, so that a change between
 * plan and execution is never silently put back. What an older plan does not tell is not compared.
 */
public final class PlanDrift {
    private final List<String> changes = new ArrayList<>();

    private PlanDrift() {}

    /** What has changed, in words; empty if the plan is still true. */
    public static List<String> of(Plan plan, Surveyed now) {
        PlanDrift drift = new PlanDrift();
        drift.fingerprint(plan.fingerprint(), now.fingerprint());
        drift.server(plan.server(), now.vm().server());
        drift.volume(plan.server().bootVolume(), now.vm().server().bootVolume());
        for (int index = 0; index < Math.min(plan.nics().size(), now.vm().nics().size()); index++) {
            drift.nic(plan.nics().get(index), now.vm().nics().get(index));
        }
        if (plan.carried() != null) {
            drift.carried(plan.carried(), now.vm().carried());
        }
        return List.copyOf(drift.changes);
    }

    private void fingerprint(Fingerprint planned, Fingerprint now) {
        compare("the VM", planned.server(), now.server());
        compare("the restore point", planned.restorePoint(), now.restorePoint());
        compare("the ports", planned.ports(), now.ports());
        compare("the networks", planned.networks(), now.networks());
    }

    private void server(SourceServer planned, SourceServer now) {
        compare("its name", planned.name(), now.name());
        compare("its flavor", planned.flavor(), now.flavor());
        compareMaps("its metadata", planned.metadata(), now.metadata());
        compare("its tags", Set.copyOf(planned.tags()), Set.copyOf(now.tags()));
        compare("its description", planned.description(), now.description());
        compare("its availability zone", planned.availabilityZone(), now.availabilityZone());
        compare("its config drive", planned.configDrive(), now.configDrive());
        compare("its key pair", planned.keyName(), now.keyName());
        compare("its server group", planned.serverGroupId(), now.serverGroupId());
        compare("its security groups", Set.copyOf(planned.securityGroups()), Set.copyOf(now.securityGroups()));
        compare("its volumes", volumes(planned, any -> true), volumes(now, any -> true));
        compare(
                "which volumes are deleted with it",
                volumes(planned, AttachedVolume::deleteOnTermination),
                volumes(now, AttachedVolume::deleteOnTermination));
    }

    private static Set<String> volumes(SourceServer server, Predicate<AttachedVolume> which) {
        return server.attachments().stream()
                .filter(which)
                .map(AttachedVolume::volumeId)
                .collect(Collectors.toSet());
    }

    private void volume(SourceVolume planned, SourceVolume now) {
        compare("the type of its boot volume", planned.volumeType(), now.volumeType());
        compareMaps("the image properties of its boot volume", planned.imageMetadata(), now.imageMetadata());
    }

    private void nic(NicPlan planned, NicPlan now) {
        String which = " of interface " + planned.index();
        compare("the addresses" + which, Set.copyOf(planned.originalIps()), Set.copyOf(now.originalIps()));
        compare("the security groups" + which, Set.copyOf(planned.securityGroups()), Set.copyOf(now.securityGroups()));
        compare("the port security" + which, planned.portSecurityEnabled(), now.portSecurityEnabled());
        compare(
                "the allowed address pairs" + which,
                Set.copyOf(planned.allowedAddressPairs()),
                Set.copyOf(now.allowedAddressPairs()));
        compare("the QoS policy" + which, planned.qosPolicyId(), now.qosPolicyId());
        compare("the tags" + which, Set.copyOf(planned.tags()), Set.copyOf(now.tags()));
        compare("the floating IPs" + which, Set.copyOf(planned.floatingIps()), Set.copyOf(now.floatingIps()));
        if (planned.floatingTargets() != null) {
            compare("where the floating IPs" + which + " lead", planned.floatingTargets(), now.floatingTargets());
        }
        if (planned.dnsName() != null) {
            // One that is not carried is not in the plan.
            compare("the DNS name" + which, planned.dnsName(), now.dnsName());
        }
    }

    private void carried(Carried planned, Carried now) {
        if (planned.accessIpv4() != null) {
            // One that is not carried is not in the plan.
            compare("its accessIPv4", planned.accessIpv4(), now.accessIpv4());
        }
        if (planned.accessIpv6() != null) {
            compare("its accessIPv6", planned.accessIpv6(), now.accessIpv6());
        }
        compareMaps("the metadata of its boot volume", planned.volumeMetadata(), now.volumeMetadata());
        compare("the description of its boot volume", planned.volumeDescription(), now.volumeDescription());
        if (planned.interfaceTags() != null) {
            compare("the device tags of its interfaces", planned.interfaceTags(), now.interfaceTags());
            compare("the device tag of its boot disk", planned.bootDiskTag(), now.bootDiskTag());
        }
        compare("which of its ports are down", Set.copyOf(planned.portsDown()), Set.copyOf(now.portsDown()));
    }

    /** Names the entries that differ; their values may be secret. */
    private void compareMaps(String what, Map<String, String> planned, Map<String, String> now) {
        Set<String> keys = new HashSet<>(planned.keySet());
        keys.addAll(now.keySet());
        Set<String> changed = keys.stream()
                .filter(key -> !Objects.equals(planned.get(key), now.get(key)))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!changed.isEmpty()) {
            changes.add(what + " (" + ForeignText.quoted(changed) + ")");
        }
    }

    private void compare(String what, @Nullable Object planned, @Nullable Object now) {
        if (!Objects.equals(planned, now)) {
            changes.add(what);
        }
    }
}
