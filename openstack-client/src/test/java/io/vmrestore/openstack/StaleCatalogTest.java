package io.vmrestore.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.observation.ObservationRegistry;
import io.vmrestore.common.time.Chance;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.openstack.FakeCloud.Reply;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.transport.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an operator corrects in Keystone is noticed after the next failure, not when the token has expired. */
@CloudTest
class StaleCatalogTest {

    private static final String TOKENS = "/v3/auth/tokens";
    private static final String ID = "aa598592-367e-4a77-9ef8-b86659bfc4e3";
    private static final String SERVER = "/v2.1/servers/" + ID;
    private static final Reply WORKS = FakeCloud.recorded("nova/019-server-show-2.79");

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());

    static List<Arguments> wrongEndpoints() throws IOException {
        return List.of(
                Arguments.of("refuses connections", "http://127.0.0.2:" + closedPort() + "/v2.1"),
                Arguments.of("unknown host", "http://no-such-host.invalid:8774/v2.1"),
                Arguments.of("no TLS there", "https://127.0.0.1:1/v2.1"),
                Arguments.of("404", "/nowhere/v2.1"),
                Arguments.of("502", "/bad-gateway/v2.1"),
                Arguments.of("503", "/away/v2.1"),
                Arguments.of("504", "/late/v2.1"),
                Arguments.of("no URL", "ws://a"),
                Arguments.of("moved", "/moved/v2.1"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongEndpoints")
    void aCorrectedEndpointIsUsedByTheNextCall(String name, String wrong, FakeCloud cloud) {
        cloud.on("GET", "/nowhere/v2.1/", FakeCloud.typed("text/html", 404, "nginx"))
                .on("GET", "/nowhere" + SERVER, FakeCloud.typed("text/html", 404, "nginx"))
                .on("GET", "/bad-gateway/v2.1/", patient(502))
                .on("GET", "/away/v2.1/", patient(503))
                .on("GET", "/late/v2.1/", patient(504))
                .on("GET", "/moved/v2.1/", FakeCloud.withHeader("Location", "/v2.1/", FakeCloud.json(301, "")));
        cloud.on("GET", SERVER, WORKS)
                .on(
                        "POST",
                        TOKENS,
                        FakeCloud.token(TestCatalog.empty().with("compute", "RegionOne", wrong)),
                        FakeCloud.token(TestCatalog.usual()));
        try (OpenStack client = client(cloud)) {
            failure(client);
            now.updateAndGet(time -> time.plusSeconds(6));
            assertThat(client.admin().compute().server(ID).name()).isEqualTo("seed-a-vm2");
        }
        assertThat(cloud.tokensIssued()).isEqualTo(2);
    }

    @Test
    void anOutageDoesNotFloodKeystone(FakeCloud cloud) {
        cloud.on("GET", SERVER, patient(503));
        try (OpenStack client = client(cloud)) {
            IntStream.range(0, 20).forEach(_ -> failure(client));
            assertThat(cloud.tokensIssued()).isEqualTo(1);
            now.updateAndGet(time -> time.plusSeconds(6));
            IntStream.range(0, 20).forEach(_ -> failure(client));
            assertThat(cloud.tokensIssued()).isEqualTo(2);
        }
    }

    @Test
    void thoseWhoCallAtOnceShareOneRenewal(FakeCloud cloud) throws Exception {
        cloud.on("GET", SERVER, patient(503), WORKS);
        try (OpenStack client = client(cloud);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            failure(client);
            now.updateAndGet(time -> time.plusSeconds(6));
            CountDownLatch start = new CountDownLatch(1);
            List<Future<String>> calls = IntStream.range(0, 50)
                    .mapToObj(_ -> threads.submit(() -> {
                        start.await();
                        return client.admin().compute().server(ID).name();
                    }))
                    .toList();
            start.countDown();
            for (Future<String> call : calls) {
                assertThat(call.get()).isEqualTo("seed-a-vm2");
            }
        }
        assertThat(cloud.tokensIssued()).isEqualTo(2);
    }

    @Test
    void aKeystoneThatIsAwayDoesNotTakeAGoodTokenAway(FakeCloud cloud) {
        cloud.on("GET", SERVER, patient(503), WORKS)
                .on("POST", TOKENS, FakeCloud.token(TestCatalog.usual()), FakeCloud.json(400, "{}"));
        try (OpenStack client = client(cloud)) {
            failure(client);
            now.updateAndGet(time -> time.plusSeconds(6));
            assertThat(client.admin().compute().server(ID).name()).isEqualTo("seed-a-vm2");
            assertThat(client.admin().compute().server(ID).name()).isEqualTo("seed-a-vm2");
        }
        assertThat(cloud.requests("POST", TOKENS)).hasSize(2);
    }

    @Test
    void aRefusalThatSaysNothingOfTheEndpointRenewsNothing(FakeCloud cloud) {
        cloud.on("GET", SERVER, FakeCloud.recorded("nova/025-server-missing"));
        try (OpenStack client = client(cloud)) {
            failure(client);
            now.updateAndGet(time -> time.plusSeconds(6));
            failure(client);
        }
        assertThat(cloud.tokensIssued()).isEqualTo(1);
    }

    private static CloudException failure(OpenStack client) {
        return catchThrowableOfType(
                CloudException.class, () -> client.admin().compute().server(ID));
    }

    /** With a time to wait that is longer than the client waits by itself. */
    private static Reply patient(int status) {
        return FakeCloud.withHeader("Retry-After", "60", FakeCloud.json(status, "{}"));
    }

    private OpenStack client(FakeCloud cloud) {
        return new OpenStack(
                cloud.settings(),
                new Transport(
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(10),
                        ObservationRegistry.NOOP,
                        TimeSource.system(),
                        Chance.system()),
                now::get);
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
