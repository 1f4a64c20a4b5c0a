package io.vmrestore.support.cloud;

import io.vmrestore.openstack.settings.CloudSettings;
import io.vmrestore.openstack.settings.Credentials;
import io.vmrestore.openstack.settings.EndpointInterface;
import io.vmrestore.openstack.settings.ServiceUser;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The cloud as an openrc file describes it, and the service user that works in tenants' projects.
 *
 * @param authUrl {@code OS_AUTH_URL}
 * @param userName {@code OS_USERNAME}
 * @param password {@code OS_PASSWORD}
 * @param projectName {@code OS_PROJECT_NAME}
 * @param projectId {@code OS_PROJECT_ID}
 * @param userDomain {@code OS_USER_DOMAIN_NAME}
 * @param projectDomain {@code OS_PROJECT_DOMAIN_NAME}
 * @param region {@code OS_REGION_NAME}
 * @param endpointInterface {@code OS_INTERFACE}
 * @param serviceUserEmail {@code SNAPSHOT_SERVICE_USER_EMAIL}
 * @param serviceUserPassword {@code SNAPSHOT_SERVICE_USER_PASSWORD}
 * @param serviceUserDomain {@code SNAPSHOT_SERVICE_USER_DOMAIN}
 * @param requestTimeout longest wait for one answer; null for the client's own
 */
@ConfigurationProperties("restore.cloud")
public record CloudConnection(
        String authUrl,
        String userName,
        String password,
        @Nullable String projectName,
        @Nullable String projectId,
        String userDomain,
        String projectDomain,
        @Nullable String region,
        String endpointInterface,
        @Nullable String serviceUserEmail,
        @Nullable String serviceUserPassword,
        @Nullable String serviceUserDomain,
        @Nullable Duration requestTimeout) {

    /**
     * The same, checked, as the client wants it.
     *
     * @throws IllegalArgumentException naming the variable that is missing or wrong
     */
    public CloudSettings settings() {
        if (authUrl.isBlank()) {
            throw new IllegalArgumentException(
                    "OS_AUTH_URL is not set: it must be Keystone's URL, such as https://keystone.example.com:5000/v3");
        }
        return new CloudSettings(
                URI.create(authUrl.strip()),
                region,
                EndpointInterface.of(endpointInterface),
                new Credentials(userName, userDomain, password, projectName, projectId, projectDomain),
                ServiceUser.ifConfigured(serviceUserEmail, serviceUserPassword, serviceUserDomain),
                CloudSettings.DEFAULT_CONNECT_TIMEOUT,
                Objects.requireNonNullElse(requestTimeout, CloudSettings.DEFAULT_REQUEST_TIMEOUT));
    }

    /** Shows no password. */
    @Override
    public String toString() {
        return "CloudConnection[authUrl=" + authUrl + ", userName=" + userName + "]";
    }
}
