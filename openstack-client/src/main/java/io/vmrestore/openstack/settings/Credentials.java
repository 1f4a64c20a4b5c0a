package io.vmrestore.openstack.settings;

import org.jspecify.annotations.Nullable;

/**
 * A user with a password and a project of its own, as an openrc file holds them.
 *
 * @param userName the user ({@code OS_USERNAME})
 * @param userDomain name or id of the user's domain ({@code OS_USER_DOMAIN_NAME} or {@code OS_USER_DOMAIN_ID})
 * @param password the password ({@code OS_PASSWORD}); never shown
 * @param projectName the project ({@code OS_PROJECT_NAME}), unless its id is given
 * @param projectId the project ({@code OS_PROJECT_ID}), unless its name is given
 * @param projectDomain name or id of the project's domain; the user's domain if absent
 */
public record Credentials(
        String userName,
        String userDomain,
        String password,
        @Nullable String projectName,
        @Nullable String projectId,
        @Nullable String projectDomain) {

    /**
     * Empty texts count as absent.
     *
     * @throws IllegalArgumentException naming the missing variable
     */
    public Credentials {
        require(userName, "OS_USERNAME");
        require(userDomain, "OS_USER_DOMAIN_NAME");
        require(password, "OS_PASSWORD");
        projectName = blankToNull(projectName);
        projectId = blankToNull(projectId);
        projectDomain = blankToNull(projectDomain);
        if (projectName == null && projectId == null) {
            throw new IllegalArgumentException("OS_PROJECT_NAME is not set: name the credentials' own project");
        }
    }

    /** Shows everything but the password. */
    @Override
    public String toString() {
        return "Credentials[user=%s, userDomain=%s, project=%s]"
                .formatted(userName, userDomain, projectId == null ? projectName : projectId);
    }

    private static void require(@Nullable String value, String variable) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(variable + " is not set: the cloud credentials need it");
        }
    }

    private static @Nullable String blankToNull(@Nullable String value) {
        return value == null || value.isBlank() ? null : value;
    }
}
