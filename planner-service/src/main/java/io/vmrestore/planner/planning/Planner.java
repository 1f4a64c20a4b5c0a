package io.vmrestore.planner.planning;

import io.vmrestore.common.contract.Failure;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.NicPlan;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.QuotaLine;
import io.vmrestore.common.contract.RestoreCommand.PlanRestore;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.common.contract.ServerName;
import io.vmrestore.common.seal.TextSeal;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.openstack.OpenStack;
import io.vmrestore.openstack.ProjectCloud;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.identity.Project;
import io.vmrestore.survey.CloudFailures;
import io.vmrestore.survey.ProjectSurvey;
import io.vmrestore.survey.Reads;
import io.vmrestore.survey.Survey;
import io.vmrestore.survey.SurveyException;
import io.vmrestore.survey.Surveyed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Computes the plan of a restore from live reads of the cloud; the same request on the same cloud gives the same plan.
 */
public final class Planner {
    private final OpenStack cloud;
    private final TextSeal seal;
    private final PlanningSettings settings;
    private final TimeSource time;
    private final OpenNames openNames = new OpenNames();

    public Planner(OpenStack cloud, TextSeal seal, PlanningSettings settings, TimeSource time) {
        this.cloud = cloud;
        this.seal = seal;
        this.settings = settings;
        this.time = time;
    }

    /**
     * Reads the cloud and computes the plan, which may be not eligible.
     *
     * @throws SurveyException if no plan can be made; carries the reason
     * @throws InterruptedException if the calling thread was interrupted
     */
    Plan plan(PlanRestore command) throws InterruptedException {
        requirePossible(command);
        String requestId = requestId(command);
        try (Reads reads = new Reads(time, settings.timeout())) {
            ProjectCloud project = cloud.project(command.projectId()).withRequestId(requestId);
            ProjectCloud admin = cloud.admin().withRequestId(requestId);
            Reads.Read<Project> named = reads.start(
                    "identity",
                    () -> ProjectSurvey.usable(cloud.identity().withRequestId(requestId), command.projectId()));
            QuotaCheck quota = new QuotaCheck(reads, project);
            Surveyed surveyed = survey(reads, new Survey(project, admin), command, named);
            PlanNames names = names(reads, project, command, surveyed);
            return assemble(command, named.get(), surveyed, names, quota.lines(command.mode(), surveyed));
        } catch (CloudException refused) {
            throw new SurveyException(CloudFailures.of(refused));
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
            PlanRestore command, Project project, Surveyed surveyed, PlanNames names, List<QuotaLine> quota) {
        var vm = surveyed.vm();
        NicRequests requests = new NicRequests(vm, command.mode(), command.ipStrategy());
        List<NicPlan> nics = requests.nics();
        List<String> reasons = Eligibility.reasons(vm, command.mode(), nics, requests, command.ipStrategy(), quota);
        return new Plan(
                command.mode(),
                command.ipStrategy(),
                command.projectId(),
                project.name(),
                newName(command, surveyed, names),
                names.volume(),
                vm.server(),
                surveyed.restorePoint(),
                nics,
                quota,
                reasons.isEmpty(),
                reasons,
                Warnings.of(surveyed, command, nics, requests, quota),
                PlanSteps.of(settings, command.mode(), nics),
                surveyed.fingerprint(),
                vm.userData() == null ? null : seal.seal(command.jobId(), vm.userData()));
    }
}
