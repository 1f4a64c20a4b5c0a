package io.vmrestore.gateway.testing;

import io.vmrestore.embedded.testing.TestInfrastructure;
import io.vmrestore.support.access.Reach;
import io.vmrestore.support.access.Role;
import java.util.Map;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.netty.http.client.HttpClient;

/**
 * One gateway with a broker and stand-ins for all tests of this JVM. Tests share nothing but its address: each has
 * users of its own.
 */
public final class SharedGateway {
    public static final StandInKeystone KEYSTONE = new StandInKeystone();
    public static final StandInIssuer ISSUER = new StandInIssuer();
    public static final StandInStatus STATUS = new StandInStatus();
    /** The planner service's internal interface. */
    public static final ScriptedService PLANNER = new ScriptedService(new StandInServer.Answer(502, Map.of(), ""));

    public static final RunningGateway GATEWAY = new RunningGateway(
            "KAFKA_BOOTSTRAP_SERVERS=" + TestInfrastructure.kafkaBootstrapServers(),
            "OS_AUTH_URL=" + KEYSTONE.url(),
            "RESTORE_STATUS_URL=" + STATUS.url(),
            "RESTORE_JWT_ISSUER=" + ISSUER.location(),
            "RESTORE_JWT_AUDIENCE=" + StandInIssuer.AUDIENCE,
            "RESTORE_PLANNER_URL=" + PLANNER.url(),
            "RESTORE_PLANNER_TIMEOUT=2s",
            "RESTORE_CLEANUP_VOLUMES=true",
            "RESTORE_IDENTITY_TIMEOUT=1s",
            "RESTORE_PLAN_WAIT=2s",
            // A broker and many builds on one small machine: a slow acknowledgement is no failure here.
            "RESTORE_PUBLISH_TIMEOUT=60s",
            "RESTORE_ADMISSION_WAIT=1s",
            "RESTORE_LOGIN_FAILURES_PER_USER=3",
            "RESTORE_LOGIN_FAILURES_PER_ADDRESS=1000");

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            GATEWAY.close();
            PLANNER.close();
            STATUS.close();
            KEYSTONE.close();
            ISSUER.close();
        }));
    }

    private SharedGateway() {}

    public static WebTestClient anonymous() {
        return GATEWAY.anonymous();
    }

    /** A client that follows redirects, as a browser does. */
    public static WebTestClient following() {
        return WebTestClient.bindToServer(
                        new ReactorClientHttpConnector(HttpClient.create().followRedirect(true)))
                .baseUrl("http://127.0.0.1:" + GATEWAY.port())
                .build();
    }

    public static WebTestClient as(String user, Role role) {
        return GATEWAY.as(user, role);
    }

    /** A client with a token of this user and reach. */
    public static WebTestClient as(String user, Reach reach) {
        return GATEWAY.as(user, reach);
    }
}
