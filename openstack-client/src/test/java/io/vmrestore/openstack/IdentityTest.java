package io.vmrestore.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.settings.ServiceUser;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who somebody is, and who acts where. */
@CloudTest
class IdentityTest {

    private static final String SERVER = "/v2.1/servers/aa598592-367e-4a77-9ef8-b86659bfc4e3";
    private static final String GRANT = "/v3/projects/%s/users/365ab67fe11148c0b3a4c41bd1b0da01/roles/%s"
            .formatted(FakeCloud.PROJECT, "2df0e2e94b594be29a7fec89b501cecb");
    private static final ServiceUser SERVICE_USER =
            new ServiceUser("snapshot-svc@company.com", FakeCloud.SERVICE_PASSWORD, "default");

    @Test
    void anEmptyNameIsRefusedByUs(FakeCloud cloud, OpenStack client) {
        assertThatThrownBy(() -> client.identity().userNamed("", "default"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The user name is empty: Keystone would list every user");
        assertThat(cloud.requests()).isEmpty();
    }

    @Test
    void withoutAServiceUserAnotherProjectIsRefusedByName(FakeCloud cloud, OpenStack client) {
        assertThatThrownBy(() -> client.project("another").compute().server("x"))
                .isInstanceOf(CloudException.Misconfigured.class)
                .hasMessageContaining("project another is not the credentials' own and no service user is configured: "
                        + "set SNAPSHOT_SERVICE_USER_EMAIL, SNAPSHOT_SERVICE_USER_PASSWORD and "
                        + "SNAPSHOT_SERVICE_USER_DOMAIN");
        assertThat(cloud.requests("GET", "/v2.1/servers/x")).isEmpty();
    }

    @Test
    void theServiceUserActsWhereItHasItsRole(FakeCloud cloud) {
        roles(cloud).on("HEAD", GRANT, FakeCloud.recorded("keystone/040-grant-check-present"));
        read(cloud);
        assertThat(cloud.requests("PUT", GRANT)).isEmpty();
        assertThat(cloud.requests("POST", "/v3/auth/tokens").getLast().body())
                .contains("snapshot-svc@company.com", FakeCloud.SERVICE_PASSWORD, FakeCloud.PROJECT);
    }

    @Test
    void aMissingRoleIsGrantedByTheAdminCredentials(FakeCloud cloud) {
        roles(cloud)
                .on("HEAD", GRANT, FakeCloud.recorded("keystone/035-grant-check-absent"))
                .on("PUT", GRANT, FakeCloud.recorded("keystone/038-grant"));
        read(cloud);
        assertThat(cloud.requests("PUT", GRANT).getFirst().headers()).containsEntry("x-auth-token", "token-1");
        assertThat(cloud.requests("GET", SERVER).getFirst().headers()).containsEntry("x-auth-token", "token-2");
    }

    @Test
    void whereRolesMayNotBeGrantedTheTokenDecides(FakeCloud cloud) {
        roles(cloud)
                .on("HEAD", GRANT, FakeCloud.recorded("keystone/037-grant-forbidden"))
                .on(
                        "POST",
                        "/v3/auth/tokens",
                        FakeCloud.token(Duration.ofHours(1)),
                        FakeCloud.recorded("keystone/011-token-no-role-on-project"));
        assertThatThrownBy(() -> read(cloud))
                .isInstanceOf(CloudException.Unauthorized.class)
                .hasMessageContaining("Keystone refuses the snapshot service user snapshot-svc@company.com in project "
                        + FakeCloud.PROJECT + ": its password is wrong, or it has no admin role there, or user or "
                        + "project is disabled");
    }

    @Test
    void aServiceUserThatDoesNotExistIsNamed(FakeCloud cloud) {
        roles(cloud).on("GET", "/v3/users", FakeCloud.recorded("keystone/019-users-by-name-none"));
        assertThatThrownBy(() -> read(cloud))
                .isInstanceOf(CloudException.Misconfigured.class)
                .hasMessageContaining("there is no user snapshot-svc@company.com in domain default: create it");
        assertThat(cloud.requests("GET", SERVER)).isEmpty();
    }

    private static FakeCloud roles(FakeCloud cloud) {
        return cloud.replay("nova/019-server-show-2.79")
                .replay("keystone/018-users-by-name")
                .replay("keystone/027-roles-by-name");
    }

    private static void read(FakeCloud cloud) {
        try (OpenStack client = OpenStack.connect(cloud.settings(SERVICE_USER))) {
            client.project(FakeCloud.PROJECT).compute().server("aa598592-367e-4a77-9ef8-b86659bfc4e3");
        }
    }
}
