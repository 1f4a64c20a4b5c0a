package io.vmrestore.executor.step;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.BootMode;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.NicPlan;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.PlanStep;
import io.vmrestore.common.contract.QuotaLine;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.common.contract.Sealed;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.openstack.OpenStack;
import io.vmrestore.survey.Reads;
import io.vmrestore.survey.Survey;
import io.vmrestore.survey.Surveyed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Plans as the planner makes them, of restores of the sample cloud's servers. */
public final class SamplePlans {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final OpenStack openStack;
    private final Function<String, Sealed> keptUserData;

    /** @param keptUserData seals a VM's user_data and keeps it as planning does */
    SamplePlans(OpenStack openStack, Function<String, Sealed> keptUserData) {
        this.openStack = openStack;
        this.keptUserData = keptUserData;
    }

    /** A restore of the sample's web server: two interfaces (the first with two addresses), key, user_data, tags. */
    public Plan web(IpStrategy strategy) throws InterruptedException {
        return of(RestoreFixture.TENANT.webServerId(), RestoreFixture.TENANT.id("snapshot/web-1-daily"), strategy);
    }

    /** A restore of any server beside it. */
    public Plan of(String serverId, String snapshotId, IpStrategy strategy) throws InterruptedException {
        Surveyed surveyed;
        try (Reads reads = new Reads(TimeSource.system(), LIMIT)) {
            surveyed = new Survey(openStack.project(RestoreFixture.TENANT.projectId()), openStack.admin())
                    .take(reads, serverId, snapshotId);
        }
        List<NicPlan> nics = surveyed.vm().nics().stream()
                .map(nic -> strategy == IpStrategy.NEW_IPS ? nic : asking(nic))
                .toList();
        String userData = surveyed.vm().userData();
        return new Plan(
                RestoreMode.NEW,
                strategy,
                RestoreFixture.TENANT.projectId(),
                RestoreFixture.TENANT.projectName(),
                surveyed.vm().server().name() + "-restored",
                "restored-" + surveyed.vm().server().name(),
                surveyed.vm().server(),
                surveyed.restorePoint(),
                nics,
                List.of(
                        QuotaLine.of("instances", 10L, 0L, 0L, 1),
                        QuotaLine.of("volumes", 10L, 0L, 0L, 1),
                        QuotaLine.of("ports", 10L, 0L, 0L, nics.size())),
                true,
                List.of(),
                List.of(),
                planSteps(nics.size()),
                surveyed.fingerprint(),
                surveyed.vm().carried(),
                BootMode.VOLUME,
                null,
                userData == null ? null : keptUserData.apply(userData));
    }

    private static NicPlan asking(NicPlan nic) {
        return new NicPlan(
                nic.index(),
                nic.networkId(),
                nic.networkName(),
                nic.sourcePortId(),
                nic.sourcePortName(),
                nic.macAddress(),
                nic.originalIps(),
                nic.originalIps(),
                nic.securityGroups(),
                nic.portSecurityEnabled(),
                nic.allowedAddressPairs(),
                nic.dnsName(),
                nic.qosPolicyId(),
                nic.tags(),
                nic.floatingIps(),
                nic.floatingTargets());
    }

    private static List<PlanStep> planSteps(int nics) {
        List<PlanStep> steps = new ArrayList<>();
        steps.add(PlanStep.of(1, Action.VALIDATE, List.of(), null));
        steps.add(PlanStep.of(2, Action.CHECK_QUOTA, List.of(), null));
        steps.add(PlanStep.of(3, Action.CREATE_VOLUME, List.of(1, 2), null));
        IntStream.range(0, nics)
                .forEach(nic -> steps.add(PlanStep.of(4 + nic, Action.CREATE_PORT, List.of(1, 2), nic)));
        int server = 4 + nics;
        steps.add(PlanStep.of(
                server, Action.CREATE_SERVER, IntStream.range(3, server).boxed().toList(), null));
        steps.add(PlanStep.of(server + 1, Action.WAIT_ACTIVE, List.of(server), null));
        steps.add(PlanStep.of(server + 2, Action.FINALIZE, List.of(server + 1), null));
        return steps;
    }

    /** The same in the original's place. */
    public Plan webReplacement(IpStrategy strategy) throws InterruptedException {
        Plan beside = web(strategy);
        return new Plan(
                RestoreMode.REPLACE,
                strategy,
                beside.projectId(),
                beside.projectName(),
                beside.server().name(),
                beside.volumeName(),
                beside.server(),
                beside.restorePoint(),
                beside.nics(),
                beside.quota(),
                true,
                List.of(),
                List.of(),
                beside.steps(),
                beside.fingerprint(),
                beside.carried(),
                beside.bootMode(),
                beside.warningSeverities(),
                beside.userData());
    }

    /** The port of an interface in the original's place. */
    public static StepTask replacingPortTask(Plan plan, int nic) {
        return new StepTask.CreatePort(
                plan.newName(),
                plan.nics().get(nic),
                plan.ipStrategy(),
                plan.server().id(),
                null);
    }

    /** The deletion of the original. */
    public static StepTask deletion(Plan plan) {
        return new StepTask.DeleteServer(plan.server(), plan.nics(), plan.ipStrategy(), plan);
    }
}
