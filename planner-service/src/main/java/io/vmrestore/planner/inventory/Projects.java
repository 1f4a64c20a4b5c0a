package io.vmrestore.planner.inventory;

import io.vmrestore.common.connection.CallFault;
import io.vmrestore.common.contract.Failure;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.text.ForeignText;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.identity.Identity;
import io.vmrestore.openstack.identity.Project;
import io.vmrestore.support.access.Reach;
import io.vmrestore.support.api.ProjectSummary;
import io.vmrestore.survey.ProjectSurvey;
import io.vmrestore.survey.SurveyException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The projects of the cloud, and whether this installation can restore VMs in them. */
final class Projects {
    private final Identity keystone;
    private final boolean serviceUser;

    /** @param serviceUser whether projects other than the credentials' own can be worked in */
    Projects(Identity keystone, boolean serviceUser) {
        this.keystone = keystone;
        this.serviceUser = serviceUser;
    }

    /** All that the credentials may list; without the admin role they list those in which they have a role. */
    List<ProjectSummary> all() {
        List<Project> projects = orIfForbidden(keystone::projects, keystone::ownProjects);
        Map<String, String> domains = orIfForbidden(keystone::domainNames, Map::of);
        @Nullable String own = serviceUser ? null : keystone.ownProjectId();
        return projects.stream()
                .map(project -> summary(project, domains, obstacle(project, own)))
                .toList();
    }

    /**
     * The project of this name among those that the caller sees.
     *
     * @throws SurveyException if there is none, or several domains have one
     */
    Project named(String name, Reach reach) {
        List<Project> all = orIfForbidden(
                () -> keystone.projectsNamed(name),
                () -> keystone.ownProjects().stream()
                        .filter(project -> project.name().equals(name))
                        .toList());
        List<Project> found =
                all.stream().filter(project -> reach.sees(project.id())).toList();
        List<Project> enabled = found.stream().filter(Project::enabled).toList();
        if (enabled.size() == 1) {
            return enabled.getFirst();
        }
        if (found.isEmpty()) {
            throw failure(
                    FailureKind.PROJECT_NOT_FOUND, "There is no project (tenant) named " + ForeignText.quoted(name));
        }
        if (enabled.isEmpty()) {
            throw failure(
                    FailureKind.PROJECT_NOT_FOUND,
                    "Project " + ForeignText.quoted(name) + " ("
                            + found.getFirst().id() + ") is disabled");
        }
        throw failure(
                FailureKind.UNPROCESSABLE,
                "Several domains have a project named " + ForeignText.quoted(name) + ": "
                        + enabled.stream()
                                .map(project -> project.id() + " (domain " + project.domainId() + ")")
                                .collect(Collectors.joining(", "))
                        + ". Read the restore points of their VMs by project id instead");
    }

    /** The project with this id, as {@link ProjectSurvey#usable} has it. */
    Project usable(String id) {
        return ProjectSurvey.usable(keystone, id);
    }

    private @Nullable String obstacle(Project project, @Nullable String own) {
        if (!project.enabled()) {
            return "The project is disabled";
        }
        if (!serviceUser && !project.id().equals(own)) {
            return "No service user is configured, so only the credentials' own project can be restored: set"
                    + " SNAPSHOT_SERVICE_USER_EMAIL, SNAPSHOT_SERVICE_USER_PASSWORD and SNAPSHOT_SERVICE_USER_DOMAIN";
        }
        return null;
    }

    private static ProjectSummary summary(Project project, Map<String, String> domains, @Nullable String obstacle) {
        return new ProjectSummary(
                project.id(),
                project.name(),
                project.description(),
                project.domainId(),
                domains.get(project.domainId()),
                project.enabled(),
                obstacle == null,
                obstacle);
    }

    private static <T> T orIfForbidden(Supplier<T> asAdministrator, Supplier<T> otherwise) {
        try {
            return asAdministrator.get();
        } catch (CloudException failed) {
            if (failed.fault() == CallFault.POLICY) {
                return otherwise.get();
            }
            throw failed;
        }
    }

    private static SurveyException failure(FailureKind kind, String message) {
        return new SurveyException(Failure.of(kind, message));
    }
}
