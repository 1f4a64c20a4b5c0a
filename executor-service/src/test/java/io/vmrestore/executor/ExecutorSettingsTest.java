package io.vmrestore.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vmrestore.executor.ExecutorSettings.Cloud;
import io.vmrestore.executor.ExecutorSettings.Polling;
import io.vmrestore.executor.ExecutorSettings.TopicCreation;
import io.vmrestore.openstack.settings.CloudSettings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExecutorSettingsTest {
    private static final String KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

    @Test
    void what_is_out_of_range_is_named_with_its_remedy() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(0, Duration.ofSeconds(5)))
                .withMessage("RESTORE_EXECUTOR_WINDOW must be 1 or more, not 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(20_001, Duration.ofSeconds(5)))
                .withMessage("RESTORE_EXECUTOR_BACKLOG is 20000: it must be at least RESTORE_EXECUTOR_WINDOW, 20001");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(10, Duration.ZERO))
                .withMessage("RESTORE_HEARTBEAT_INTERVAL must be a positive time such as 5s, not PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(10, Duration.ofSeconds(60)))
                .withMessage("RESTORE_PROGRESS_TIMEOUT is PT1M: it must be more than RESTORE_HEARTBEAT_INTERVAL, PT1M,"
                        + " or every step would count as stuck");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TopicCreation(0, (short) -1))
                .withMessage("RESTORE_TOPIC_PARTITIONS must be 1 or more, not 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TopicCreation(1, (short) 0))
                .withMessage("RESTORE_TOPIC_REPLICATION must be 1 or more, or -1 for the broker's default, not 0");
    }

    @Test
    void a_cloud_that_is_not_described_is_refused_by_the_missing_variable() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cloud("", "admin", "", "").settings())
                .withMessage("OS_AUTH_URL is missing: set it to Keystone's URL, as in your openrc file");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cloud("http://keystone:5000", "", "", "").settings())
                .withMessageContaining("OS_USERNAME");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cloud("http://keystone:5000", "admin", "svc@company.com", "")
                        .settings())
                .withMessageContaining("SNAPSHOT_SERVICE_USER_PASSWORD is not set");
    }

    @Test
    void an_openrc_becomes_the_clients_settings() {
        CloudSettings settings = cloud("http://keystone:5000", "admin", "svc@company.com", "secret-two")
                .settings();

        assertThat(settings.authUrl()).hasToString("http://keystone:5000/v3");
        assertThat(settings.serviceUser()).isNotNull();
    }

    @Test
    void no_secret_is_shown() {
        assertThat(settings(10, Duration.ofSeconds(5)).toString())
                .doesNotContain(KEY)
                .doesNotContain("secret-one")
                .doesNotContain("secret-two");
    }

    @Test
    void a_process_without_a_name_is_named_by_host_and_process() {
        assertThat(settings(10, Duration.ofSeconds(5)).name())
                .endsWith("-" + ProcessHandle.current().pid());
    }

    private static ExecutorSettings settings(int window, Duration heartbeat) {
        return new ExecutorSettings(
                "",
                KEY,
                window,
                20_000,
                heartbeat,
                Duration.ofMinutes(1),
                Duration.ofSeconds(10),
                "group",
                new TopicCreation(1, (short) -1),
                new Polling(List.of(), Duration.ofMillis(250), Duration.ofSeconds(5)),
                cloud("http://keystone:5000", "admin", "svc@company.com", "secret-two"));
    }

    private static Cloud cloud(String authUrl, String user, String serviceUser, String servicePassword) {
        return new Cloud(
                authUrl,
                user,
                "Default",
                "secret-one",
                "admin",
                "",
                "Default",
                "",
                "public",
                serviceUser,
                servicePassword,
                "default");
    }
}
