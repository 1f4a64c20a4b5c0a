package io.vmrestore.planner.planning;

import io.vmrestore.common.contract.Failure;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.NicPlan;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.QuotaLine;
import io.vmrestore.common.contract.RestoreCommand.PlanRestore;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.common.contract.ServerName;
import io.vmrestore.common.retry.Backoff;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.openstack.OpenStack;
import io.vmrestore.openstack.ProjectCloud;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.failure.FailureClass;
import io.vmrestore.openstack.identity.Project;
import io.vmrestore.survey.CloudFailures;
import io.vmrestore.survey.ProjectSurvey;
import io.vmrestore.survey.Reads;
import io.vmrestore.survey.Survey;
import io.vmrestore.survey.SurveyException;
import io.vmrestore.survey.Surveyed;
import io.vmrestore.survey.create.CreateFacts;
import io.vmrestore.survey.create.CreateProof;
import io.vmrestore.survey.create.CreateRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Computes the plan of a restore from live reads of the cloud; the same request on the same cloud gives the same plan.
 */
public final class Planner {
    /**
     * A restart of seconds is not worth a refusal; who waits for a plan hears of a longer one before the gateway ends.
     */
    private static final Duration OUTAGE_PATIENCE = Duration.ofSeconds(8);

    private static final Backoff PAUSES = Backoff.steady(Duration.ofSeconds(1), Duration.ofSeconds(4));

    private final OpenStack cloud;
    private final PlanningSettings settings;
    private final TimeSource time;
    private final OpenNames openNames = new OpenNames();

    public Planner(OpenStack cloud, PlanningSettings settings, TimeSource time) {
        this.cloud = cloud;
        this.settings = settings;
        this.time = time;
    }

    /**
     * Reads the cloud and computes the plan, which may be not eligible. A service that gives no answer is asked again
     * for some seconds: a plan is waited for by a person, who can ask again.
     *
     * @throws SurveyException if no plan can be made; carries the reason
     * @throws InterruptedException if the calling thread was interrupted
     */
    Planned plan(PlanRestore command) throws InterruptedException {
        requirePossible(command);
        long began = time.nanoTime();
        Duration limit = settings.timeout();
        @Nullable CloudException before = null;
        for (int failures = 1; ; failures++) {
            try {
                return plan(command, limit);
            } catch (SurveyException late) {
                // The rest of the time was too short for an answer: what was answered before is the reason.
                throw before != null && late.failure().kind() == FailureKind.CLOUD_TIMEOUT
                        ? new SurveyException(CloudFailures.of(before))
                        : late;
            } catch (CloudException failed) {
                before = failed;
                Duration pause = PAUSES.whole(failures);
                Duration then = time.since(began).plus(pause);
                boolean again = FailureClass.of(failed) == FailureClass.OUTAGE
                        && then.compareTo(OUTAGE_PATIENCE) < 0
                        && then.compareTo(settings.timeout()) < 0;
                if (!again) {
                    throw new SurveyException(CloudFailures.of(failed));
                }
                time.sleep(pause);
                limit = settings.timeout().minus(time.since(began));
            }
        }
    }

    private Planned plan(PlanRestore command, Duration limit) throws InterruptedException {
        String requestId = requestId(command);
        try (Reads reads = new Reads(time, limit)) {
            ProjectCloud project = cloud.project(command.projectId()).withRequestId(requestId);
            ProjectCloud admin = cloud.admin().withRequestId(requestId);
            Reads.Read<Project> named = reads.start(
                    "identity",
                    () -> ProjectSurvey.usable(cloud.identity().withRequestId(requestId), command.projectId()));
            QuotaCheck quota = new QuotaCheck(reads, project);
            CreateFacts.Begun facts = CreateFacts.begin(reads, project);
            Surveyed surveyed = survey(reads, new Survey(project, admin), command, named);
            PlanNames names = names(reads, project, command, surveyed);
            Plan plan = assemble(
                    command,
                    named.get(),
                    surveyed,
                    names,
                    quota.lines(command.mode(), surveyed),
                    facts.of(surveyed.vm().server()));
            return new Planned(plan, surveyed.vm().userData());
        } catch (SurveyException impossible) {
            throw impossible.within(requestId);
        }
    }

    /** The id under which every read of this plan is found in the services' logs. */
    private static String requestId(PlanRestore command) {
        return "req-" + UUID.nameUUIDFromBytes(command.id().getBytes(StandardCharsets.UTF_8));
    }

    private static void requirePossible(PlanRestore command) {
        String name = command.newVmName();
        if (command.mode() == RestoreMode.REPLACE && name != null) {
            throw unprocessable("new_vm_name is for mode NEW only: in REPLACE the VM keeps its name");
        }
        if (name != null) {
            ServerName.problem(name).ifPresent(problem -> {
                throw unprocessable("new_vm_name " + problem + ", as Nova demands");
            });
        }
    }

    private static SurveyException unprocessable(String message) {
        return new SurveyException(Failure.of(FailureKind.UNPROCESSABLE, message));
    }

    private static Surveyed survey(Reads reads, Survey survey, PlanRestore command, Reads.Read<Project> project)
            throws InterruptedException {
        try {
            return survey.take(reads, command.vmId(), command.restorePointId());
        } catch (CloudException | SurveyException failed) {
            // In a project that does not exist everything fails somehow; the project's own answer is the reason then.
            project.get();
            throw failed;
        }
    }

    /** Names that no server of the project and no other plan has. */
    private PlanNames names(Reads reads, ProjectCloud project, PlanRestore command, Surveyed surveyed)
            throws InterruptedException {
        String original = surveyed.vm().server().name();
        String second = PlanNames.of(original, command.requestedAt()).ofThisSecond();
        Reads.Read<Set<String>> taken =
                reads.start("compute", () -> project.compute().serverNames(second));
        return openNames.choose(command, original, taken.get());
    }

    /** The name of the restored VM; in the original's place it is the original's. */
    private static String newName(PlanRestore command, Surveyed surveyed, PlanNames names) {
        if (command.mode() == RestoreMode.REPLACE) {
            return surveyed.vm().server().name();
        }
        return command.newVmName() == null ? names.server() : command.newVmName();
    }

    private Plan assemble(
            PlanRestore command,
            Project project,
            Surveyed surveyed,
            PlanNames names,
            List<QuotaLine> quota,
            CreateFacts facts) {
        var vm = surveyed.vm();
        String newName = newName(command, surveyed, names);
        NicRequests requests = new NicRequests(vm, command.mode(), command.ipStrategy(), newName);
        List<NicPlan> nics = requests.nics();
        CreateProof proof = CreateProof.of(
                new CreateRequest(
                        command.mode(),
                        command.ipStrategy(),
                        newName,
                        vm.server(),
                        surveyed.restorePoint().sizeGigabytes(),
                        nics),
                vm,
                facts);
        List<String> reasons =
                Eligibility.reasons(vm, command.mode(), nics, requests, command.ipStrategy(), quota, proof);
        Warnings warnings = Warnings.of(surveyed, command, nics, requests, quota, proof);
        return new Plan(
                command.mode(),
                command.ipStrategy(),
                command.projectId(),
                project.name(),
                newName,
                names.volume(),
                vm.server(),
                surveyed.restorePoint(),
                nics,
                quota,
                reasons.isEmpty(),
                reasons,
                warnings.sentences(),
                PlanSteps.of(settings, command.mode(), nics),
                surveyed.fingerprint(),
                proof.carried(),
                vm.bootMode(),
                warnings.severities(),
                null);
    }
}
