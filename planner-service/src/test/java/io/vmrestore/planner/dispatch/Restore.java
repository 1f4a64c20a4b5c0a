package io.vmrestore.planner.dispatch;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.AttachedVolume;
import io.vmrestore.common.contract.BootMode;
import io.vmrestore.common.contract.Failure;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.Fingerprint;
import io.vmrestore.common.contract.FixedIp;
import io.vmrestore.common.contract.FlavorInfo;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.NicPlan;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.PlanStep;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.RestoreCommand.RunStep;
import io.vmrestore.common.contract.RestoreEvent.ExecutionRequested;
import io.vmrestore.common.contract.RestoreEvent.PlanCreated;
import io.vmrestore.common.contract.RestoreEvent.RestoreRequested;
import io.vmrestore.common.contract.RestoreEvent.StepCompleted;
import io.vmrestore.common.contract.RestoreEvent.StepFailed;
import io.vmrestore.common.contract.RestoreEvent.StepStarted;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.common.contract.RestorePoint;
import io.vmrestore.common.contract.RestoreResult;
import io.vmrestore.common.contract.SourceServer;
import io.vmrestore.common.contract.SourceVolume;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** One restore of a VM with two interfaces, as its client, its planner and its executors report it. */
record Restore(UUID jobId, String vmId, RestoreMode mode) {
    static final String PROJECT = "project-a";

    static Restore of(String vmId) {
        return new Restore(UUID.randomUUID(), vmId, RestoreMode.NEW);
    }

    RestoreRequested requested(Instant time) {
        return new RestoreRequested(jobId, vmId, time, PROJECT, "snapshot-1", mode, null, IpStrategy.NEW_IPS, "olga");
    }

    PlanCreated planned(Instant time) {
        return new PlanCreated(jobId, vmId, time, plan(""));
    }

    PlanCreated plannedWith(String description, Instant time) {
        return new PlanCreated(jobId, vmId, time, plan(description));
    }

    ExecutionRequested executionRequested(Instant time) {
        return new ExecutionRequested(jobId, vmId, time, UUID.randomUUID(), "olga");
    }

    static StepStarted started(RunStep command, Instant time) {
        return new StepStarted(command.step(), time, "executor-1");
    }

    static StepFailed failed(RunStep command, Instant time) {
        return new StepFailed(
                command.step(),
                time,
                Failure.of(FailureKind.CLOUD_REFUSED, "the cloud said no"),
                false,
                List.of(),
                Map.of());
    }

    static StepCompleted completed(RunStep command, Instant time) {
        ResourceType type = command.step().action().makes();
        String id = type + "-" + command.step().stepOrder();
        List<Resource> made =
                type == null ? List.of() : List.of(new Resource(type, id.toLowerCase(Locale.ROOT), "new"));
        RestoreResult result = command.step().action() == Action.FINALIZE
                ? new RestoreResult("server-6", "volume-3", List.of("port-4", "port-5"), List.of("10.0.0.9"), List.of())
                : null;
        return new StepCompleted(command.step(), time, made, Map.of(), result);
    }

    private Plan plan(String description) {
        Instant taken = Instant.parse("2026-11-01T00:00:00Z");
        RestorePoint point = new RestorePoint("snapshot-1", "nightly", "volume-old", 10, taken);
        return new Plan(
                mode,
                IpStrategy.NEW_IPS,
                PROJECT,
                "Project A",
                "web-restored",
                "restored-web",
                server(description),
                point,
                List.of(nic(0), nic(1)),
                List.of(),
                true,
                List.of(),
                List.of(),
                mode == RestoreMode.REPLACE ? replacing() : beside(),
                new Fingerprint("a", "b", "c", "d"),
                null,
                BootMode.VOLUME,
                null,
                null);
    }

    private static List<PlanStep> replacing() {
        return List.of(
                PlanStep.of(1, Action.VALIDATE, List.of(), null),
                PlanStep.of(2, Action.CHECK_QUOTA, List.of(), null),
                PlanStep.of(3, Action.CREATE_VOLUME, List.of(1, 2), null),
                PlanStep.of(4, Action.DELETE_SERVER, List.of(3), null),
                PlanStep.of(5, Action.CREATE_PORT, List.of(4), 0),
                PlanStep.of(6, Action.CREATE_PORT, List.of(4), 1),
                PlanStep.of(7, Action.CREATE_SERVER, List.of(3, 4, 5, 6), null),
                PlanStep.of(8, Action.WAIT_ACTIVE, List.of(7), null),
                PlanStep.of(9, Action.FINALIZE, List.of(8), null));
    }

    private static List<PlanStep> beside() {
        return List.of(
                PlanStep.of(1, Action.VALIDATE, List.of(), null),
                PlanStep.of(2, Action.CHECK_QUOTA, List.of(), null),
                PlanStep.of(3, Action.CREATE_VOLUME, List.of(1, 2), null),
                PlanStep.of(4, Action.CREATE_PORT, List.of(1, 2), 0),
                PlanStep.of(5, Action.CREATE_PORT, List.of(1, 2), 1),
                PlanStep.of(6, Action.CREATE_SERVER, List.of(3, 4, 5), null),
                PlanStep.of(7, Action.WAIT_ACTIVE, List.of(6), null),
                PlanStep.of(8, Action.FINALIZE, List.of(7), null));
    }

    private SourceServer server(String description) {
        return new SourceServer(
                vmId,
                "web",
                "ACTIVE",
                PROJECT,
                "user-1",
                new FlavorInfo("flavor-1", "m1.small", 1, 512, 0),
                "nova",
                null,
                null,
                null,
                Map.of(),
                List.of(),
                description,
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
                List.of(new FixedIp("subnet-" + index, "10.0." + index + ".5")),
                List.of(),
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
