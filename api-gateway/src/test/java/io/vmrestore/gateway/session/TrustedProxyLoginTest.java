package io.vmrestore.gateway.session;

import io.vmrestore.gateway.testing.RunningGateway;
import io.vmrestore.gateway.testing.StandInKeystone;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;

/** Logins that come through a proxy in front of the gateway. */
class TrustedProxyLoginTest {
    private static final StandInKeystone KEYSTONE = new StandInKeystone();
    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        gateway = new RunningGateway("OS_AUTH_URL=" + KEYSTONE.url(), "RESTORE_TRUSTED_PROXIES=127.0.0.0/8");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        KEYSTONE.close();
    }

    @Test
    void countForTheClientBehindIt() {
        String user = KEYSTONE.user(Map.of("tenant-a", List.of("reader")));
        for (int attempt = 0; attempt < 5; attempt++) {
            answers(user, "wrong", "203.0.113.1", 401);
        }
        answers(user, StandInKeystone.PASSWORD, "203.0.113.1", 429);
        answers(user, StandInKeystone.PASSWORD, "203.0.113.2", 200);
        answers(user, StandInKeystone.PASSWORD, "203.0.113.2, 203.0.113.1", 429);
    }

    private static void answers(String user, String password, String forwardedFor, int status) {
        gateway.anonymous()
                .post()
                .uri("/auth/login")
                .header("X-Forwarded-For", forwardedFor)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(Map.of("username", user, "password", password))
                .exchange()
                .expectStatus()
                .isEqualTo(status);
    }
}
