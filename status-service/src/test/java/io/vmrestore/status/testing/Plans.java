package io.vmrestore.status.testing;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.AddressPair;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Plans as the planner makes them. */
public final class Plans {
    public static final String PUBLIC_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 operator@example";
    public static final Sealed USER_DATA = Sealed.at(new SecretAddress(3, 14), 17);

    private Plans() {}

    /** A plan of the mode NEW. */
    public static Plan of(String vmId, String vmName, String projectId, int nics, boolean eligible) {
        return of(
                RestoreMode.NEW,
                vmId,
                vmName,
                vmName + "-restored-20261122-083000",
                projectId,
                nics,
                eligible,
                steps(nics));
    }

    /**
     * A plan of the mode REPLACE with one interface: 1 validate, 2 check_quota, 3 create_volume, 4 delete_server, 5
     * create_port, 6 create_server, 7 wait_active, 8 finalize.
     */
    public static Plan replacing(String vmId, String vmName, String projectId) {
        return of(
                RestoreMode.REPLACE,
                vmId,
                vmName,
                vmName,
                projectId,
                1,
                true,
                List.of(
                        PlanStep.of(1, Action.VALIDATE, List.of(), null),
                        PlanStep.of(2, Action.CHECK_QUOTA, List.of(), null),
                        PlanStep.of(3, Action.CREATE_VOLUME, List.of(1, 2), null),
                        PlanStep.of(4, Action.DELETE_SERVER, List.of(3), null),
                        PlanStep.of(5, Action.CREATE_PORT, List.of(4), 0),
                        PlanStep.of(6, Action.CREATE_SERVER, List.of(3, 4, 5), null),
                        PlanStep.of(7, Action.WAIT_ACTIVE, List.of(6), null),
                        PlanStep.of(8, Action.FINALIZE, List.of(7), null)));
    }

    private static Plan of(
            RestoreMode mode,
            String vmId,
            String vmName,
            String newName,
            String projectId,
            int nics,
            boolean eligible,
            List<PlanStep> steps) {
        return new Plan(
                mode,
                IpStrategy.TRY_SAME_IPS,
                projectId,
                "project of " + projectId,
                newName,
                "restored-" + vmName + "-20261122-083000",
                server(vmId, vmName, projectId),
                new RestorePoint("snapshot-1", "nightly", "volume-1", 20, Instant.parse("2026-11-21T02:00:00Z")),
                IntStream.range(0, nics).mapToObj(Plans::nic).toList(),
                List.of(QuotaLine.of("instances", 10L, 3L, 0L, 1), QuotaLine.of("ram", null, null, null, 2048)),
                eligible,
                eligible ? List.of() : List.of("quota instances is exhausted"),
                List.of("The data volume vdb is not restored"),
                steps,
                new Fingerprint("aa", "bb", "cc", "dd"),
                null,
                BootMode.VOLUME,
                null,
                USER_DATA);
    }

    private static SourceServer server(String vmId, String vmName, String projectId) {
        return new SourceServer(
                vmId,
                vmName,
                "ACTIVE",
                projectId,
                "user-1",
                new FlavorInfo("flavor-1", "m1.small", 1, 2048, 0),
                "nova",
                "operator-key",
                "12:34",
                PUBLIC_KEY,
                Map.of("role", "db", "Ünïcode", "päß"),
                List.of("tag-a", "tag-b"),
                null,
                true,
                null,
                List.of("default"),
                new SourceVolume("volume-1", "boot", 20, "ssd", "nova", Map.of("hw_firmware_type", "uefi")),
                List.of(new AttachedVolume("volume-1", "/dev/vda", true, false)));
    }

    private static NicPlan nic(int index) {
        FixedIp ip = new FixedIp("subnet-" + index, "10.0." + index + ".5");
        return new NicPlan(
                index,
                "network-" + index,
                index == 0 ? "lan" : null,
                "port-" + index,
                "",
                "fa:16:3e:00:00:0" + index,
                List.of(ip),
                List.of(ip),
                List.of("group-1"),
                true,
                List.of(new AddressPair("10.9.9.9", null)),
                null,
                null,
                List.of(),
                List.of(),
                null);
    }

    private static List<PlanStep> steps(int nics) {
        List<PlanStep> steps = new ArrayList<>(List.of(
                PlanStep.of(1, Action.VALIDATE, List.of(), null),
                PlanStep.of(2, Action.CHECK_QUOTA, List.of(), null),
                PlanStep.of(3, Action.CREATE_VOLUME, List.of(1, 2), null)));
        List<Integer> made = new ArrayList<>(List.of(3));
        for (int nic = 0; nic < nics; nic++) {
            made.add(4 + nic);
            steps.add(PlanStep.of(4 + nic, Action.CREATE_PORT, List.of(1, 2), nic));
        }
        int server = 4 + nics;
        steps.add(PlanStep.of(server, Action.CREATE_SERVER, made, null));
        steps.add(PlanStep.of(server + 1, Action.WAIT_ACTIVE, List.of(server), null));
        steps.add(PlanStep.of(server + 2, Action.FINALIZE, List.of(server + 1), null));
        return steps;
    }
}
