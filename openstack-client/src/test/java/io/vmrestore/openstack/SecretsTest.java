package io.vmrestore.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.vmrestore.openstack.compute.Server;
import io.vmrestore.openstack.compute.ServerSpec;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.settings.Credentials;
import io.vmrestore.openstack.settings.ServiceUser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nothing that is printed holds a password, a token or user_data; half a configuration is refused. */
@CloudTest
class SecretsTest {

    private static final ServiceUser SERVICE_USER =
            new ServiceUser("svc@example.com", FakeCloud.SERVICE_PASSWORD, "default");

    @Test
    void settingsShowNoPassword(FakeCloud cloud) {
        assertThat(cloud.settings(SERVICE_USER).toString())
                .contains("admin", "svc@example.com")
                .doesNotContain(FakeCloud.PASSWORD)
                .doesNotContain(FakeCloud.SERVICE_PASSWORD);
    }

    @Test
    void serversShowNoUserData(FakeCloud cloud, OpenStack client) {
        cloud.replay("nova/019-server-show-2.79");
        Server server = client.admin().compute().server("aa598592-367e-4a77-9ef8-b86659bfc4e3");
        assertThat(server.userData()).isNotNull();
        assertThat(server.toString()).contains("userData=present").doesNotContain(server.userData());
        assertThat(spec("c2VjcmV0").toString()).contains("userData=present").doesNotContain("c2VjcmV0");
    }

    @Test
    void novasQuotationOfUserDataIsWithheld(FakeCloud cloud, OpenStack client) {
        cloud.on("POST", "/v2.1/servers", FakeCloud.recorded("nova/088-create-user-data-too-long"));
        Throwable e = catchThrowable(() -> client.admin().compute().create(spec("AAAAAAAA")));
        assertThat(printed(e)).doesNotContain("AAAAAAAA");
        assertThat(((CloudException) e).cloudMessage())
                .isEqualTo("Invalid input for field/attribute user_data (value withheld): is too long");
    }

    @Test
    void novasQuotationOfTheWholeRequestIsWithheld(FakeCloud cloud, OpenStack client) {
        cloud.on("POST", "/v2.1/servers", FakeCloud.recorded("nova/099-create-unknown-field"));
        Throwable e = catchThrowable(() -> client.admin().compute().create(spec("c2VjcmV0")));
        assertThat(((CloudException) e).cloudMessage())
                .startsWith("Invalid input for field/attribute server (value withheld)")
                .doesNotContain("flavorRef");
    }

    @Test
    void aRefusedLoginShowsNeitherPasswordNorToken(FakeCloud cloud) {
        cloud.on("POST", "/v3/auth/tokens", FakeCloud.recorded("keystone/008-token-bad-password"));
        try (OpenStack client = OpenStack.connect(cloud.settings())) {
            Throwable e = catchThrowable(() -> client.admin().projectId());
            assertThat(e).isInstanceOf(CloudException.Unauthorized.class);
            assertThat(printed(e)).doesNotContain(FakeCloud.PASSWORD);
        }
        assertThat(cloud.requests("POST", "/v3/auth/tokens").getFirst().body()).contains(FakeCloud.PASSWORD);
    }

    @Test
    void aFailedCallShowsNoToken(FakeCloud cloud, OpenStack client) {
        cloud.on("POST", "/v2.1/servers", FakeCloud.reset());
        Throwable e = catchThrowable(() -> client.admin().compute().create(spec("c2VjcmV0")));
        assertThat(printed(e)).doesNotContain("token-1").doesNotContain("c2VjcmV0");
    }

    @ParameterizedTest
    @CsvSource({
        "svc@example.com, '', default, SNAPSHOT_SERVICE_USER_PASSWORD",
        "'', secret, default, SNAPSHOT_SERVICE_USER_EMAIL",
        "'', '', corporate, SNAPSHOT_SERVICE_USER_EMAIL"
    })
    void halfAServiceUserIsRefusedByTheNameOfWhatIsMissing(
            String email, String password, String domain, String missing) {
        assertThatThrownBy(() -> ServiceUser.ifConfigured(email, password, domain))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(missing + " is not set: the snapshot service user is configured only in part.")
                .hasMessageNotContaining("secret");
    }

    @Test
    void aServiceUserIsWholeOrAbsent() {
        assertThat(ServiceUser.ifConfigured("", null, "default")).isNull();
        assertThat(ServiceUser.ifConfigured(null, null, null)).isNull();
        assertThat(ServiceUser.ifConfigured("svc@example.com", "secret", null))
                .isEqualTo(new ServiceUser("svc@example.com", "secret", "default"));
    }

    @Test
    void missingCredentialsAreNamed() {
        assertThatThrownBy(() -> new Credentials("", "Default", "x", "p", null, null))
                .hasMessage("OS_USERNAME is not set: the cloud credentials need it");
        assertThatThrownBy(() -> new Credentials("u", "Default", "", "p", null, null))
                .hasMessage("OS_PASSWORD is not set: the cloud credentials need it");
        assertThatThrownBy(() -> new Credentials("u", "Default", "x", " ", null, null))
                .hasMessage("OS_PROJECT_NAME is not set: name the credentials' own project");
    }

    private static ServerSpec spec(String userData) {
        return new ServerSpec("vm", "1", "v", List.of(), null, Map.of(), List.of(), null, null, false, userData, null);
    }

    private static String printed(Throwable e) {
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
