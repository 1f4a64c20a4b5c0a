package io.vmrestore.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmrestore.gateway.testing.RunningGateway;
import io.vmrestore.support.access.TokenSettings;
import io.vmrestore.support.topics.TopicSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

class SettingsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "RESTORE_JWT_SECRET= | RESTORE_JWT_SECRET is missing: set it to the secret that api-gateway signs"
                        + " tokens with, at least 32 bytes; make one with: openssl rand -base64 48",
                "RESTORE_JWT_SECRET=tooshort | RESTORE_JWT_SECRET is too short: HS256 needs at least 32 bytes; make one"
                        + " with: openssl rand -base64 48",
                "OS_AUTH_URL= | OS_AUTH_URL is not set. It is the address of Keystone, which checks every login, for"
                        + " example https://cloud.example.com:5000/v3",
                "OS_AUTH_URL=cloud.example.com | OS_AUTH_URL is not an http or https address: cloud.example.com",
                "RESTORE_STATUS_URL=ftp://x | RESTORE_STATUS_URL is not an http or https address: ftp://x",
                "RESTORE_PLANNER_URL=planner | RESTORE_PLANNER_URL is not an http or https address: planner",
                "RESTORE_PLANNER_TIMEOUT=0s | RESTORE_PLANNER_TIMEOUT must be longer than zero, for example 10s",
                "RESTORE_ROLE_MAPPING=member:operator | RESTORE_ROLE_MAPPING has 'member:operator' where"
                        + " <role there>=<role here> is expected, such as member=operator",
                "RESTORE_ROLE_MAPPING=member=boss | RESTORE_ROLE_MAPPING names the role 'boss'; known are viewer,"
                        + " operator, admin, superadmin",
                "RESTORE_JWT_ISSUER=sso | RESTORE_JWT_ISSUER is not an http or https address: sso",
                "RESTORE_JWT_ISSUER=https://sso.example.com | RESTORE_JWT_AUDIENCE is not set. It says which of the"
                        + " tokens of RESTORE_JWT_ISSUER are meant for this system: set it to the audience (claim aud)"
                        + " of its access tokens",
                "RESTORE_JWT_ROLE_MAPPING=a=b | RESTORE_JWT_ROLE_MAPPING names the role 'b'; known are viewer,"
                        + " operator, admin, superadmin",
                "RESTORE_KEYSTONE_TOKEN_CACHE=-1s | RESTORE_KEYSTONE_TOKEN_CACHE must not be negative",
                "RESTORE_TOKEN_LIFETIME=0s | RESTORE_TOKEN_LIFETIME must be longer than zero, for example 10s",
                "RESTORE_LOGIN_FAILURES_PER_USER=0 | RESTORE_LOGIN_FAILURES_PER_USER must be at least 1",
                "RESTORE_MAX_ACTIVE=0 | RESTORE_MAX_ACTIVE must be at least 1, not 0",
                "RESTORE_MAX_ACTIVE_PER_PROJECT=0 | RESTORE_MAX_ACTIVE_PER_PROJECT must be at least 1, not 0",
                "RESTORE_MAX_ACTIVE_PER_PROJECT=2001 | RESTORE_MAX_ACTIVE_PER_PROJECT is 2001 and RESTORE_MAX_ACTIVE"
                        + " 2000: one project cannot have more restores at work than all together",
                "RESTORE_TOPIC_REPLICATION=0 | RESTORE_TOPIC_REPLICATION must be 1 or more, or -1 for the broker's"
                        + " default, not 0"
            })
    void stopTheStartWithAClearMessage(String setting, String message) {
        assertThatThrownBy(() -> start(
                        new SpringApplicationBuilder(OnlySettings.class)
                                .web(WebApplicationType.NONE)
                                .properties("spring.config.name=api-gateway"),
                        setting))
                .rootCause()
                .hasMessage(message);
    }

    @Test
    void stopTheWholeApplication() {
        assertThatThrownBy(() -> start(GatewayApplication.builder(), "RESTORE_JWT_SECRET="))
                .rootCause()
                .hasMessageStartingWith(
                        "RESTORE_JWT_SECRET is missing: set it to the secret that api-gateway signs tokens");
    }

    /** Binds and checks as the application does, in a tenth of the time. */
    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties({GatewaySettings.class, TokenSettings.class, TopicSettings.class})
    static class OnlySettings {}

    private static void start(SpringApplicationBuilder application, String setting) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--management.server.port=0",
                "--RESTORE_JWT_SECRET=" + RunningGateway.SECRET,
                "--OS_AUTH_URL=http://127.0.0.1:9/v3"));
        String name = setting.substring(0, setting.indexOf('='));
        arguments.removeIf(argument -> argument.startsWith("--" + name + "="));
        arguments.add("--" + setting);
        application.run(arguments.toArray(String[]::new)).close();
    }

    @Test
    void areCompleteWithTheSecretAndTheAddressOfKeystone() {
        assertThatCode(() -> start(
                        new SpringApplicationBuilder(OnlySettings.class)
                                .web(WebApplicationType.NONE)
                                .properties("spring.config.name=api-gateway"),
                        "RESTORE_ENABLED=false"))
                .doesNotThrowAnyException();
    }

    @Test
    void neverShowTheSecret() {
        assertThat(new TokenSettings(RunningGateway.SECRET, Duration.ZERO).toString())
                .doesNotContain(RunningGateway.SECRET);
    }
}
