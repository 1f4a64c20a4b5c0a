package io.vmrestore.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vmrestore.planner.dispatch.DispatchSettings;
import io.vmrestore.planner.dispatch.Guarantee;
import io.vmrestore.planner.planning.PlanningSettings;
import io.vmrestore.support.access.TokenSettings;
import io.vmrestore.support.cloud.CloudConfiguration;
import io.vmrestore.support.cloud.CloudConnection;
import io.vmrestore.support.seal.EncryptionSettings;
import io.vmrestore.support.topics.TopicSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** A wrong setting stops the start and is named, never its value where that is a secret. */
class PlannerSettingsTest {
    private static final Map<String, String> RIGHT = Map.of(
            "OS_AUTH_URL", "http://127.0.0.1:1/v3",
            "OS_USERNAME", "admin",
            "OS_PASSWORD", "secret-of-admin",
            "OS_PROJECT_NAME", "service",
            "RESTORE_JWT_SECRET", "secret-that-signs-the-tokens-of-the-gateway",
            "RESTORE_ENCRYPTION_KEY", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "OS_AUTH_URL            |              | OS_AUTH_URL is not set",
                "OS_AUTH_URL            | keystone     | OS_AUTH_URL is 'keystone': it must be a URL",
                "OS_USERNAME            |              | OS_USERNAME is not set",
                "OS_PASSWORD            |              | OS_PASSWORD is not set",
                "OS_PROJECT_NAME        |              | OS_PROJECT_NAME is not set",
                "RESTORE_ENCRYPTION_KEY |              | RESTORE_ENCRYPTION_KEY must be 32 bytes in base64",
                "RESTORE_ENCRYPTION_KEY | too-short    | RESTORE_ENCRYPTION_KEY must be 32 bytes in base64",
                "RESTORE_JWT_SECRET     |              | RESTORE_JWT_SECRET is missing: set it to the secret that",
                "RESTORE_JWT_SECRET     | too-short    | RESTORE_JWT_SECRET is too short: HS256 needs at least 32"
                        + " bytes",
                "RESTORE_INVENTORY_TIMEOUT | 10ms      | RESTORE_INVENTORY_TIMEOUT is PT0.01S",
                "RESTORE_INVENTORY_FRESHNESS | -1s     | RESTORE_INVENTORY_FRESHNESS is PT-1S",
                "RESTORE_AUDIT_INTERVAL | 10ms         | RESTORE_AUDIT_INTERVAL is PT0.01S",
                "SNAPSHOT_SERVICE_USER_EMAIL | a@b.com | SNAPSHOT_SERVICE_USER_PASSWORD is not set",
                "RESTORE_STALE_AFTER    | 0s           | RESTORE_STALE_AFTER is PT0S",
                "RESTORE_PROGRESS_TIMEOUT | 30s        | RESTORE_PROGRESS_TIMEOUT is PT30S: it must be more than"
                        + " RESTORE_PLAN_TIMEOUT, PT30S",
                "RESTORE_STALE_AFTER    | 1m           | RESTORE_PROGRESS_TIMEOUT is PT1M: it must be less than"
                        + " RESTORE_STALE_AFTER, PT1M",
                "RESTORE_PLAN_TIMEOUT   | 10ms         | RESTORE_PLAN_TIMEOUT is PT0.01S",
                "RESTORE_PLANNING_WINDOW | 0           | RESTORE_PLANNING_WINDOW is 0",
                "RESTORE_TOPIC_PARTITIONS | 0          | RESTORE_TOPIC_PARTITIONS must be 1 or more, not 0",
                "RESTORE_TOPIC_REPLICATION | 0         | RESTORE_TOPIC_REPLICATION must be 1 or more, or -1"
            })
    void stopsTheStart(String variable, String value, String message) {
        Map<String, String> variables = new TreeMap<>(RIGHT);
        variables.put(variable, value == null ? "" : value);
        List<String> arguments = new ArrayList<>();
        variables.forEach((name, set) -> arguments.add("--" + name + "=" + set));

        assertThatThrownBy(() -> settings(arguments.toArray(String[]::new)))
                .rootCause()
                .hasMessageStartingWith(message)
                .hasMessageNotContaining("too-short")
                .hasMessageNotContaining("secret-of-admin");
    }

    @Test
    void bindsTheRightOnes() {
        List<String> arguments = new ArrayList<>();
        RIGHT.forEach((name, set) -> arguments.add("--" + name + "=" + set));
        arguments.add("--RESTORE_STALE_AFTER=PT20M");
        arguments.add("--RESTORE_DISPATCH_GUARANTEE=at_least_once");

        Map<Class<?>, Object> settings = settings(arguments.toArray(String[]::new));

        assertThat(settings.get(DispatchSettings.class)).isInstanceOfSatisfying(DispatchSettings.class, dispatch -> {
            assertThat(dispatch.staleAfter()).isEqualTo(Duration.ofMinutes(20));
            assertThat(dispatch.guarantee()).isEqualTo(Guarantee.AT_LEAST_ONCE);
        });
        assertThat(settings.get(PlanningSettings.class))
                .isInstanceOfSatisfying(
                        PlanningSettings.class,
                        planning -> assertThat(planning.volumeTimeout()).isEqualTo(Duration.ofMinutes(20)));
        assertThat(settings.get(TopicSettings.class)).isEqualTo(new TopicSettings(12, (short) -1));
        assertThat(settings).containsKeys(CloudConnection.class, EncryptionSettings.class, TokenSettings.class);
        assertThat(settings.toString()).doesNotContain("secret-", "AAAAAAAA");
    }

    /** The settings as {@code planner-service.yml} binds them, without the rest of the application, by their types. */
    private static Map<Class<?>, Object> settings(String... arguments) {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(SettingsOnly.class)
                .properties("spring.config.name=planner-service")
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .run(arguments)) {
            return context.getBeansWithAnnotation(ConfigurationProperties.class).values().stream()
                    .filter(bean -> bean.getClass().getName().startsWith("io.vmrestore."))
                    .collect(Collectors.toMap(Object::getClass, Function.identity()));
        }
    }

    @Import({PlannerSettings.class, CloudConfiguration.class})
    @EnableConfigurationProperties(TopicSettings.class)
    private static final class SettingsOnly {
        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }
    }
}
