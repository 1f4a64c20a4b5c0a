package io.vmrestore.verification.chaos.verdict;

import io.vmrestore.common.codec.Json;
import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.BootMode;
import io.vmrestore.common.contract.Fingerprint;
import io.vmrestore.common.contract.FixedIp;
import io.vmrestore.common.contract.FlavorInfo;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.NicPlan;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.PlanStep;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.common.contract.RestorePoint;
import io.vmrestore.common.contract.RestoreResult;
import io.vmrestore.common.contract.SourceServer;
import io.vmrestore.common.contract.SourceVolume;
import io.vmrestore.common.contract.StepStatus;
import io.vmrestore.common.lifecycle.JobState;
import io.vmrestore.common.lifecycle.StepState;
import io.vmrestore.verification.chaos.load.Restore;
import io.vmrestore.verification.chaos.load.Restore.Reply;
import io.vmrestore.verification.chaos.load.Wish;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A run that went well: one VM was restored beside the original. Tests spoil one thing each. */
final class MadeUpWorld {
    static final UUID JOB = UUID.fromString("00000000-0000-0000-0000-000000000001");
    static final String VM = "vm-1";
    static final Instant TIME = Instant.parse("2026-11-25T12:00:00.123456Z");
    static final long VERSION = 9;

    final Restore restore = new Restore(new Wish(
                    1,
                    "project-1",
                    VM,
                    "web",
                    "snapshot-1",
                    RestoreMode.NEW,
                    IpStrategy.NEW_IPS,
                    Wish.Ending.EXECUTE,
                    0))
            .planned(JOB, Reply.GRANTED)
            .executed(Reply.GRANTED);
    final List<String> wrongAnswers = new ArrayList<>();
    final List<RestoreEvent> events =
            new ArrayList<>(List.of(new RestoreEvent.ExecutionRequested(JOB, VM, TIME, UUID.randomUUID(), "admin")));
    final Map<Long, JobStatus> statuses = new HashMap<>(Map.of(VERSION, JobStatus.COMPLETED));
    final Set<UUID> rows = new HashSet<>(Set.of(JOB));
    final List<String> deadLetters = new ArrayList<>();
    final List<CloudResource> cloud = new ArrayList<>(List.of(
            new CloudResource(ResourceType.SERVER, VM, "web", "ACTIVE", null, List.of()),
            new CloudResource(ResourceType.SERVER, "server-new", "web-2", "ACTIVE", JOB + "/5", List.of()),
            new CloudResource(
                    ResourceType.VOLUME, "volume-new", "restored", "in-use", JOB + "/3", List.of("server-new")),
            new CloudResource(
                    ResourceType.PORT,
                    "port-new",
                    "restore-" + JOB + "/4",
                    "ACTIVE",
                    JOB + "/4",
                    List.of("server-new"))));
    final Set<String> originals = new HashSet<>(Set.of(VM));

    @Nullable
    JobState state = state(JobStatus.COMPLETED, List.of());

    @Nullable
    JsonNode shown;

    World world() {
        JobState told = state;
        Map<UUID, FoldedJob> jobs = told == null ? Map.of() : Map.of(JOB, new FoldedJob(told, statuses, events));
        JsonNode read = shown;
        if (read == null && told != null) {
            read = Json.MAPPER.valueToTree(ShownJob.of(told));
        }
        return new World(
                List.of(restore),
                wrongAnswers,
                jobs,
                read == null ? Map.of() : Map.of(JOB, List.of(read)),
                rows,
                deadLetters,
                cloud,
                originals);
    }

    void remove(String id) {
        cloud.removeIf(resource -> resource.id().equals(id));
    }

    static JobState state(JobStatus status, List<Resource> leftovers) {
        return state(RestoreMode.NEW, status, leftovers, List.of());
    }

    static JobState state(RestoreMode mode, JobStatus status, List<Resource> leftovers, List<StepState> steps) {
        return new JobState(
                JOB,
                VM,
                VERSION,
                status,
                new JobState.Request("project-1", "snapshot-1", mode, null, IpStrategy.NEW_IPS, "admin"),
                plan(mode),
                new JobState.Execution(UUID.randomUUID(), "admin", TIME),
                null,
                null,
                null,
                steps,
                false,
                null,
                status == JobStatus.COMPLETED
                        ? new RestoreResult("server-new", "volume-new", List.of("port-new"), List.of(), List.of())
                        : null,
                leftovers,
                TIME,
                TIME,
                TIME,
                TIME);
    }

    /** The step that deletes the original. */
    static StepState deletion(int attempt) {
        return new StepState(
                PlanStep.of(4, Action.DELETE_SERVER, List.of(3), null),
                attempt == 0 ? StepStatus.PENDING : StepStatus.COMPLETED,
                attempt,
                TIME,
                null,
                Map.of(),
                List.of(),
                null,
                TIME,
                TIME,
                null);
    }

    private static Plan plan(RestoreMode mode) {
        return new Plan(
                mode,
                IpStrategy.NEW_IPS,
                "project-1",
                "Project",
                "web-2",
                "restored",
                new SourceServer(
                        VM,
                        "web",
                        "ACTIVE",
                        "project-1",
                        "user-1",
                        new FlavorInfo("flavor-1", "m1.small", 1, 512, 0),
                        "nova",
                        null,
                        null,
                        null,
                        Map.of(),
                        List.of(),
                        null,
                        false,
                        null,
                        List.of("default"),
                        new SourceVolume("volume-old", "", 10, "lvm", "nova", Map.of()),
                        List.of()),
                new RestorePoint("snapshot-1", "nightly", "volume-old", 10, TIME),
                List.of(new NicPlan(
                        0,
                        "net-1",
                        "net",
                        "port-old",
                        "",
                        "fa:16:3e:00:00:01",
                        List.of(new FixedIp("subnet-1", "10.0.0.5")),
                        List.of(),
                        List.of(),
                        true,
                        List.of(),
                        null,
                        null,
                        List.of(),
                        List.of(),
                        null)),
                List.of(),
                true,
                List.of(),
                List.of(),
                List.of(),
                new Fingerprint("a", "b", "c", "d"),
                null,
                BootMode.VOLUME,
                null,
                null);
    }
}
