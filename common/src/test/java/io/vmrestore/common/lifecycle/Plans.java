package io.vmrestore.common.lifecycle;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.AttachedVolume;
import io.vmrestore.common.contract.BootMode;
import io.vmrestore.common.contract.Fingerprint;
import io.vmrestore.common.contract.FixedIp;
import io.vmrestore.common.contract.FlavorInfo;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.NicPlan;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.PlanStep;
import io.vmrestore.common.contract.QuotaLine;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.common.contract.RestorePoint;
import io.vmrestore.common.contract.Sealed;
import io.vmrestore.common.contract.SecretAddress;
import io.vmrestore.common.contract.SourceServer;
import io.vmrestore.common.contract.SourceVolume;
import io.vmrestore.common.contract.StepAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Plans for tests of the core. */
final class Plans {
    static final String KEY_FINGERPRINT = "4f:e0:9b";
    static final Sealed USER_DATA = Sealed.at(new SecretAddress(3, 14), 11);

    private Plans() {}

    /**
     * The plan of NEW: 1 validate, 2 check_quota, 3 create_volume, 4.. create_port, then create_server, wait_active,
     * finalize.
     */
    static Plan ofNew(int nics) {
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
        return of(RestoreMode.NEW, nics, steps, true, List.of());
    }

    /**
     * The plan of REPLACE: 1 validate, 2 check_quota, 3 create_volume, 4 delete_server, 5.. create_port, then
     * create_server, wait_active, finalize.
     */
    static Plan ofReplace(int nics) {
        List<PlanStep> steps = new ArrayList<>();
        steps.add(PlanStep.of(1, Action.VALIDATE, List.of(), null));
        steps.add(PlanStep.of(2, Action.CHECK_QUOTA, List.of(), null));
        steps.add(PlanStep.of(3, Action.CREATE_VOLUME, List.of(1, 2), null));
        steps.add(PlanStep.of(4, Action.DELETE_SERVER, List.of(3), null));
        IntStream.range(0, nics).forEach(nic -> steps.add(PlanStep.of(5 + nic, Action.CREATE_PORT, List.of(4), nic)));
        int server = 5 + nics;
        steps.add(PlanStep.of(
                server, Action.CREATE_SERVER, IntStream.range(3, server).boxed().toList(), null));
        steps.add(PlanStep.of(server + 1, Action.WAIT_ACTIVE, List.of(server), null));
        steps.add(PlanStep.of(server + 2, Action.FINALIZE, List.of(server + 1), null));
        return replacing(nics, steps);
    }

    static Plan replacing(int nics, List<PlanStep> steps) {
        return of(RestoreMode.REPLACE, nics, steps, true, List.of());
    }

    static Plan notEligible(String... reasons) {
        return of(RestoreMode.NEW, 0, List.of(), false, List.of(reasons));
    }

    static Plan withSteps(int nics, List<PlanStep> steps) {
        return of(RestoreMode.NEW, nics, steps, true, List.of());
    }

    private static Plan of(RestoreMode mode, int nics, List<PlanStep> steps, boolean eligible, List<String> reasons) {
        return new Plan(
                mode,
                IpStrategy.NEW_IPS,
                "project-1",
                "Project",
                "web-restored",
                "restored-web",
                server(),
                new RestorePoint("snapshot-1", "nightly", "volume-old", 10, Instant.parse("2026-11-01T00:00:00Z")),
                IntStream.range(0, nics).mapToObj(Plans::nic).toList(),
                List.of(QuotaLine.of("instances", 10L, 1L, 0L, 1)),
                eligible,
                reasons,
                List.of(),
                steps,
                new Fingerprint("a", "b", "c", "d"),
                null,
                BootMode.VOLUME,
                null,
                USER_DATA);
    }

    private static SourceServer server() {
        return new SourceServer(
                Events.VM,
                "web",
                "ACTIVE",
                "project-1",
                "user-1",
                new FlavorInfo("flavor-1", "m1.small", 1, 512, 0),
                "nova",
                "web-key",
                KEY_FINGERPRINT,
                "ssh-ed25519 AAAA",
                Map.of("role", "web", StepAddress.MARK_KEY, "an-earlier-restore/6"),
                List.of(),
                null,
                false,
                null,
                List.of("default"),
                new SourceVolume("volume-old", "", 10, "lvm", "nova", Map.of()),
                List.of(new AttachedVolume("volume-old", "/dev/vda", true, false)));
    }

    private static NicPlan nic(int index) {
        return new NicPlan(
                index,
                "net-" + index,
                "net",
                "old-port-" + index,
                "",
                "fa:16:3e:00:00:0" + index,
                List.of(
                        new FixedIp("subnet-" + index, "10.0." + index + ".5"),
                        // Follows from the MAC, so nobody can ask for it.
                        new FixedIp("subnet-slaac-" + index, "fd00::f816:3eff:fe00:" + index)),
                List.of(new FixedIp("subnet-" + index, "10.0." + index + ".5")),
                List.of("group-1"),
                true,
                List.of(),
                null,
                null,
                List.of(),
                List.of(),
                null);
    }
}
