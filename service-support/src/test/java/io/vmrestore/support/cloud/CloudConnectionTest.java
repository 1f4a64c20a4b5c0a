package io.vmrestore.support.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vmrestore.openstack.settings.CloudSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CloudConnectionTest {

    @Test
    void aCloudThatIsNotDescribedIsRefusedByTheMissingVariable() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cloud("", "admin", "", "").settings())
                .withMessage("OS_AUTH_URL is not set: it must be Keystone's URL, such as"
                        + " https://keystone.example.com:5000/v3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cloud("http://keystone:5000", "", "", "").settings())
                .withMessageContaining("OS_USERNAME");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cloud("http://keystone:5000", "admin", "svc@company.com", "")
                        .settings())
                .withMessageContaining("SNAPSHOT_SERVICE_USER_PASSWORD is not set");
    }

    @Test
    void anOpenrcBecomesTheClientsSettings() {
        CloudSettings settings = cloud("http://keystone:5000", "admin", "svc@company.com", "secret-two")
                .settings();

        assertThat(settings.authUrl()).hasToString("http://keystone:5000/v3");
        assertThat(settings.serviceUser()).isNotNull();
        assertThat(settings.requestTimeout()).isEqualTo(CloudSettings.DEFAULT_REQUEST_TIMEOUT);
    }

    @Test
    void aServiceMayWaitLessForAnswers() {
        assertThat(cloud("http://keystone:5000", "admin", "", "", Duration.ofSeconds(30))
                        .settings()
                        .requestTimeout())
                .isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void noSecretIsShown() {
        assertThat(cloud("http://keystone:5000", "admin", "svc@company.com", "secret-two")
                        .toString())
                .doesNotContain("secret-one")
                .doesNotContain("secret-two");
    }

    private static CloudConnection cloud(String authUrl, String user, String serviceUser, String servicePassword) {
        return cloud(authUrl, user, serviceUser, servicePassword, null);
    }

    private static CloudConnection cloud(
            String authUrl,
            String user,
            String serviceUser,
            String servicePassword,
            @Nullable Duration requestTimeout) {
        return new CloudConnection(
                authUrl,
                user,
                "secret-one",
                "admin",
                "",
                "Default",
                "Default",
                "",
                "public",
                serviceUser,
                servicePassword,
                "default",
                requestTimeout);
    }
}
