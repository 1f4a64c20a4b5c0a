package io.vmrestore.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.failure.CloudException.Unavailable;
import io.vmrestore.openstack.failure.FailureClass;
import io.vmrestore.openstack.settings.CloudSettings;
import io.vmrestore.openstack.settings.Credentials;
import io.vmrestore.openstack.settings.EndpointInterface;
import io.vmrestore.openstack.volume.VolumeSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Lost, late and broken answers: what is repeated, and what may have been carried out. */
@CloudTest
class OutagesTest {

    private static final String VOLUMES = "/v3/" + FakeCloud.PROJECT + "/volumes";
    private static final VolumeSpec SPEC = new VolumeSpec("v", "s", null, null, null, null, Map.of());

    @Test
    void aCreateWhoseConnectionBreaksIsAmbiguousAndNotRepeated(FakeCloud cloud, OpenStack client) {
        cloud.on("POST", VOLUMES, FakeCloud.reset());
        Unavailable e = outage(() -> client.admin().volumes().create(SPEC));
        assertThat(e.ambiguous()).isTrue();
        assertThat(e.call().status()).isZero();
        assertThat(e.cloudMessage()).isEqualTo("the connection broke before the answer");
        assertThat(cloud.requests("POST", VOLUMES)).hasSize(1);
    }

    @Test
    void itIsKnownSinceWhenARequestHasNoAnswer(FakeCloud cloud, OpenStack client) {
        cloud.on("POST", VOLUMES, FakeCloud.json(503, "{}"));
        ProjectCloud project = client.admin();
        Instant before = Instant.now();
        Unavailable first = outage(() -> project.volumes().create(SPEC));
        Instant after = Instant.now();
        Unavailable again = outage(() -> project.volumes().create(SPEC));

        assertThat(project.unansweredSince(again.call()))
                .as("since the first of them")
                .hasValueSatisfying(since -> assertThat(since).isBetween(before, after));
        assertThat(client.admin().beside(project).unansweredSince(first.call())).isPresent();
        assertThat(client.admin().unansweredSince(first.call())).isEmpty();

        cloud.on("POST", VOLUMES, FakeCloud.json(400, "{}"));
        assertThatThrownBy(() -> project.volumes().create(SPEC)).isInstanceOf(CloudException.Invalid.class);
        assertThat(project.unansweredSince(first.call()))
                .as("a refusal is an answer")
                .isEmpty();
    }

    @Test
    void aTokenThatKeystoneDoesNotGiveIsItsOutageAndKnownToWhoWantedIt(FakeCloud cloud, OpenStack client) {
        cloud.on("POST", "/v3/auth/tokens", FakeCloud.json(503, "{}"));
        ProjectCloud project = client.admin();

        Unavailable away = outage(() -> project.volumes().create(SPEC));

        assertThat(away.call().service()).isEqualTo("identity");
        assertThat(FailureClass.of(away)).isEqualTo(FailureClass.OUTAGE);
        assertThat(project.unansweredSince(away.call())).isPresent();
    }

    @Test
    void aCreateWithoutAnAnswerInTimeIsAmbiguous(FakeCloud cloud) {
        cloud.on("POST", VOLUMES, (exchange, itself) -> {});
        try (OpenStack client = OpenStack.connect(impatient(cloud))) {
            Unavailable e = outage(() -> client.admin().volumes().create(SPEC));
            assertThat(e.ambiguous()).isTrue();
            assertThat(e.cloudMessage()).isEqualTo("no answer within 2000 ms");
        }
    }

    @Test
    void aBodyThatNeverEndsIsATimeoutToo(FakeCloud cloud) {
        cloud.on("GET", "/v2.1/servers/x", FakeCloud.stalled());
        try (OpenStack client = OpenStack.connect(impatient(cloud))) {
            Unavailable e = outage(() -> client.admin().compute().server("x"));
            assertThat(e.ambiguous()).isFalse();
            assertThat(cloud.requests("GET", "/v2.1/servers/x")).hasSize(1);
        }
    }

    @Test
    void aServerErrorLeavesACreateAmbiguous(FakeCloud cloud, OpenStack client) {
        cloud.on("POST", VOLUMES, FakeCloud.json(500, "{\"computeFault\":{\"code\":500,\"message\":\"oops\"}}"));
        Unavailable e = outage(() -> client.admin().volumes().create(SPEC));
        assertThat(e.ambiguous()).isTrue();
        assertThat(e.cloudMessage()).isEqualTo("oops");
    }

    @Test
    void aRefusedConnectionIsNotAmbiguous() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        Credentials credentials = new Credentials("admin", "Default", "x", "p", null, null);
        try (OpenStack client =
                OpenStack.connect(CloudSettings.of(URI.create("http://127.0.0.1:" + closed), credentials, null))) {
            Unavailable e = outage(() -> client.admin().volumes().create(SPEC));
            assertThat(e.ambiguous()).isFalse();
            assertThat(e.cloudMessage()).isEqualTo("no connection to 127.0.0.1:" + closed);
        }
    }

    @Test
    void aReadIsRepeatedUntilTheCloudIsBack(FakeCloud cloud, OpenStack client) {
        cloud.on(
                "GET",
                "/v2.1/servers/aa598592-367e-4a77-9ef8-b86659bfc4e3",
                FakeCloud.json(503, "busy"),
                FakeCloud.reset(),
                FakeCloud.recorded("nova/019-server-show-2.79"));
        assertThat(client.admin()
                        .compute()
                        .server("aa598592-367e-4a77-9ef8-b86659bfc4e3")
                        .name())
                .isEqualTo("seed-a-vm2");
    }

    @Test
    void aReadIsRepeatedTwiceAtMost(FakeCloud cloud, OpenStack client) {
        cloud.on("GET", "/v2.1/servers/x", FakeCloud.json(503, "busy"));
        assertThat(outage(() -> client.admin().compute().server("x")).ambiguous())
                .isFalse();
        assertThat(cloud.requests("GET", "/v2.1/servers/x")).hasSize(3);
    }

    @Test
    void aLongRetryAfterIsLeftToTheCaller(FakeCloud cloud, OpenStack client) {
        cloud.on(
                "GET",
                "/v2.1/servers/x",
                FakeCloud.withHeader("Retry-After", "3600", FakeCloud.json(503, "maintenance")));
        assertThat(outage(() -> client.admin().compute().server("x")).retryAfter())
                .isEqualTo(Duration.ofHours(1));
        assertThat(cloud.requests("GET", "/v2.1/servers/x")).hasSize(1);
    }

    @Test
    void anInterruptEndsTheWaitAndIsKept(FakeCloud cloud, OpenStack client) throws InterruptedException {
        cloud.on("POST", VOLUMES, (exchange, itself) -> {});
        client.admin().projectId();
        Unavailable[] seen = new Unavailable[1];
        boolean[] interrupted = new boolean[1];
        Thread step = Thread.ofVirtual().start(() -> {
            seen[0] = outage(() -> client.admin().volumes().create(SPEC));
            interrupted[0] = Thread.currentThread().isInterrupted();
        });
        Awaitility.await().until(() -> !cloud.requests("POST", VOLUMES).isEmpty());
        step.interrupt();
        step.join();
        assertThat(seen[0].ambiguous()).isTrue();
        assertThat(interrupted[0]).isTrue();
    }

    private static CloudSettings impatient(FakeCloud cloud) {
        return new CloudSettings(
                cloud.uri(),
                null,
                EndpointInterface.PUBLIC,
                cloud.credentials(),
                null,
                Duration.ofSeconds(2),
                Duration.ofSeconds(2));
    }

    private static Unavailable outage(Runnable call) {
        return catchThrowableOfType(Unavailable.class, call::run);
    }
}
