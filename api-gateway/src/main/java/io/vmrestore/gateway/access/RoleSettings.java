package io.vmrestore.gateway.access;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where roles count.
 *
 * @param scope {@code project}: a role counts where it is held; {@code global}: everywhere ({@code RESTORE_ROLE_SCOPE})
 * @param operatorsProject id of the project on which a role counts for every project
 *     ({@code RESTORE_OPERATORS_PROJECT}); empty: the project of the installation's own credentials
 * @param ownProjectId {@code OS_PROJECT_ID}
 * @param ownProjectName {@code OS_PROJECT_NAME}
 * @param ownProjectDomain {@code OS_PROJECT_DOMAIN_NAME}
 * @param projectsClaim the claim with the roles by project id in tokens of the outside issuer
 *     ({@code RESTORE_JWT_PROJECTS_CLAIM}); empty: their role counts for every project
 */
@ConfigurationProperties("restore.roles")
record RoleSettings(
        String scope,
        String operatorsProject,
        String ownProjectId,
        String ownProjectName,
        String ownProjectDomain,
        String projectsClaim) {
    /** @throws IllegalArgumentException naming the setting that is wrong, and what to set */
    RoleSettings {
        if (!scope.equals("project") && !scope.equals("global")) {
            throw new IllegalArgumentException("RESTORE_ROLE_SCOPE is '" + scope
                    + "'; it is either project (a role counts where it is held) or global (any role counts"
                    + " everywhere)");
        }
        // Names are unique within a domain only: whoever owns another one could make a project of this name there.
        if (!operatorsProject.isBlank() && !Project.isId(operatorsProject.strip())) {
            throw new IllegalArgumentException("RESTORE_OPERATORS_PROJECT is '" + operatorsProject
                    + "', which is no project id. Set it to the id, not the name, of the project on which operators"
                    + " have their roles; find it with: openstack project show <name> -f value -c id");
        }
        if (scope.equals("project")
                && operatorsProject.isBlank()
                && ownProjectId.isBlank()
                && ownProjectName.isBlank()) {
            throw new IllegalArgumentException("RESTORE_OPERATORS_PROJECT is not set, and neither is OS_PROJECT_NAME,"
                    + " which it follows. Set it to the id of the project on which operators have their roles; find it"
                    + " with: openstack project show <name> -f value -c id");
        }
        if (scope.equals("project")
                && !projectsClaim.isBlank()
                && operatorsProject.isBlank()
                && ownProjectId.isBlank()) {
            throw new IllegalArgumentException("RESTORE_JWT_PROJECTS_CLAIM names projects by their ids, and the id of"
                    + " the operators' project is not known: set RESTORE_OPERATORS_PROJECT");
        }
    }

    boolean global() {
        return scope.equals("global");
    }

    /** The id of the operators' project; null if only its name is known. */
    @Nullable
    String operatorsProjectId() {
        String id = operatorsProject.isBlank() ? ownProjectId : operatorsProject;
        return id.isBlank() ? null : id.strip().toLowerCase(Locale.ROOT);
    }
}
