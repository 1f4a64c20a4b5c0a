package io.vmrestore.gateway.access;

import static io.vmrestore.gateway.testing.RunningGateway.newUser;
import static io.vmrestore.gateway.testing.SharedGateway.ISSUER;
import static io.vmrestore.gateway.testing.SharedGateway.KEYSTONE;
import static io.vmrestore.gateway.testing.SharedGateway.STATUS;
import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.gateway.testing.RunningGateway;
import io.vmrestore.gateway.testing.SharedGateway;
import io.vmrestore.gateway.testing.StandInKeystone;
import io.vmrestore.gateway.testing.StandInServer.Answer;
import io.vmrestore.support.access.Reach;
import io.vmrestore.support.access.Role;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What callers prove themselves by never shows in the log, whatever goes wrong. */
@ExtendWith(OutputCaptureExtension.class)
class LogsTest {

    @Test
    void neverShowATokenOrAPassword(CapturedOutput output) {
        String user = newUser();
        STATUS.script(user, _ -> new Answer(500, Map.of(), ""));
        String own = RunningGateway.token(user, Reach.everywhere(Role.SUPERADMIN));
        String outside = ISSUER.token(ISSUER.claims(user).claim("roles", "superadmin"));
        for (String token : List.of(own, outside, own + "x", outside.substring(1), "garbage-" + UUID.randomUUID())) {
            for (String path : List.of("/restore/jobs", "/restore/nothing", "/auth/me?token=" + token)) {
                SharedGateway.anonymous()
                        .get()
                        .uri(path)
                        .headers(headers -> headers.setBearerAuth(token))
                        .exchange()
                        .expectBody()
                        .returnResult();
            }
            assertThat(output.getAll()).doesNotContain(token.substring(token.length() - 20));
        }

        String keystoneUser = KEYSTONE.user(Map.of("tenant-a", List.of("admin")));
        STATUS.script(keystoneUser, _ -> new Answer(500, Map.of(), ""));
        String keystone = KEYSTONE.token(keystoneUser, "tenant-a", Instant.now().plusSeconds(600));
        String failing = KEYSTONE.token(keystoneUser, "tenant-a", Instant.now().plusSeconds(600));
        KEYSTONE.fault(failing, _ -> StandInKeystone.error(500, "Trouble", "Something"));
        for (String token : List.of(keystone, failing, "gAAAAAB-unknown-" + UUID.randomUUID())) {
            SharedGateway.anonymous()
                    .get()
                    .uri("/restore/jobs")
                    .header("X-Auth-Token", token)
                    .exchange()
                    .expectBody()
                    .returnResult();
            assertThat(output.getAll()).doesNotContain(token);
        }

        String password = "wrong-" + UUID.randomUUID();
        SharedGateway.anonymous()
                .post()
                .uri("/auth/login")
                .bodyValue(Map.of("username", keystoneUser, "password", password))
                .exchange()
                .expectStatus()
                .isUnauthorized();
        assertThat(output.getAll())
                .doesNotContain(password)
                // What goes wrong behind the gateway is logged, so the output is really captured.
                .contains("answered with status 500");
    }
}
