package io.vmrestore.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.observation.ObservationRegistry;
import io.vmrestore.common.time.Chance;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.openstack.FakeCloud.Request;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.transport.Transport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** One token per identity and project: fetched once, renewed in time and after a refusal. */
@CloudTest
class TokensTest {

    private static final String ID = "aa598592-367e-4a77-9ef8-b86659bfc4e3";
    private static final String SERVER = "/v2.1/servers/" + ID;

    @Test
    void fiftyThreadsGetOneToken(FakeCloud cloud, OpenStack client) throws Exception {
        cloud.replay("nova/019-server-show-2.79");
        onFiftyThreads(() -> client.admin().compute().server(ID).name());
        assertThat(cloud.tokensIssued()).isEqualTo(1);
    }

    @Test
    void aTokenIsRenewedBeforeItExpires(FakeCloud cloud) {
        cloud.replay("nova/019-server-show-2.79");
        AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
        try (OpenStack client = new OpenStack(cloud.settings(), transport(cloud), now::get)) {
            client.admin().compute().server(ID);
            now.updateAndGet(time -> time.plus(Duration.ofMinutes(58)));
            client.admin().compute().server(ID);
            assertThat(cloud.tokensIssued()).isEqualTo(1);
            now.updateAndGet(time -> time.plus(Duration.ofSeconds(70)));
            client.admin().compute().server(ID);
        }
        assertThat(cloud.tokensIssued()).isEqualTo(2);
        assertThat(tokensUsed(cloud)).containsExactly("token-1", "token-1", "token-2");
    }

    @Test
    void aTokenOfAFewSecondsIsUsedForMostOfThem(FakeCloud cloud) {
        cloud.replay("nova/019-server-show-2.79")
                .on("POST", "/v3/auth/tokens", FakeCloud.token(Duration.ofSeconds(10)));
        AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
        try (OpenStack client = new OpenStack(cloud.settings(), transport(cloud), now::get)) {
            client.admin().compute().server(ID);
            now.updateAndGet(time -> time.plus(Duration.ofSeconds(7)));
            client.admin().compute().server(ID);
            assertThat(cloud.tokensIssued()).isEqualTo(1);
            now.updateAndGet(time -> time.plus(Duration.ofSeconds(2)));
            client.admin().compute().server(ID);
            assertThat(cloud.tokensIssued()).isEqualTo(2);
        }
    }

    @Test
    void aRefusedTokenIsRenewedOnceAndTheCallRepeated(FakeCloud cloud, OpenStack client) {
        cloud.on(
                "GET",
                SERVER,
                FakeCloud.recorded("keystone/059-expired-token-compute"),
                FakeCloud.recorded("nova/019-server-show-2.79"));
        assertThat(client.admin().compute().server(ID).name()).isEqualTo("seed-a-vm2");
        assertThat(tokensUsed(cloud)).containsExactly("token-1", "token-2");
    }

    @Test
    void aSecondRefusalIsTheAnswer(FakeCloud cloud, OpenStack client) {
        cloud.on("GET", SERVER, FakeCloud.recorded("keystone/059-expired-token-compute"));
        assertThatThrownBy(() -> client.admin().compute().server(ID)).isInstanceOf(CloudException.Unauthorized.class);
        assertThat(tokensUsed(cloud)).containsExactly("token-1", "token-2");
    }

    @Test
    void fiftyThreadsWithARefusedTokenGetOneNewToken(FakeCloud cloud, OpenStack client) throws Exception {
        FakeCloud.Reply good = FakeCloud.recorded("nova/019-server-show-2.79");
        FakeCloud.Reply refused = FakeCloud.recorded("keystone/059-expired-token-compute");
        cloud.on("GET", SERVER, (exchange, itself) -> {
            boolean revoked = "token-1".equals(exchange.getRequestHeaders().getFirst("X-Auth-Token"));
            (revoked ? refused : good).to(exchange, itself);
        });
        assertThat(onFiftyThreads(() -> client.admin().compute().server(ID).name()))
                .containsOnly("seed-a-vm2");
        assertThat(cloud.tokensIssued()).isEqualTo(2);
    }

    @Test
    void aWrongPasswordIsNotTriedFiftyTimes(FakeCloud cloud, OpenStack client) throws Exception {
        CountDownLatch allWait = new CountDownLatch(1);
        cloud.on("POST", "/v3/auth/tokens", (exchange, itself) -> {
            await(allWait);
            FakeCloud.recorded("keystone/008-token-bad-password").to(exchange, itself);
        });
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> calls = IntStream.range(0, 50)
                    .mapToObj(i -> threads.submit(() -> client.admin().projectId()))
                    .toList();
            Awaitility.await()
                    .until(() -> !cloud.requests("POST", "/v3/auth/tokens").isEmpty());
            allWait.countDown();
            for (Future<String> call : calls) {
                assertThatThrownBy(call::get).hasCauseInstanceOf(CloudException.Unauthorized.class);
            }
        }
        assertThat(cloud.requests("POST", "/v3/auth/tokens").size()).isLessThan(50);
    }

    @Test
    void aPostIsRepeatedWithTheNewTokenBecauseTheFirstWasNotCarriedOut(FakeCloud cloud, OpenStack client) {
        cloud.on(
                "POST",
                SERVER + "/action",
                FakeCloud.recorded("keystone/059-expired-token-compute"),
                FakeCloud.json(202, ""));
        client.admin().compute().forceDelete(ID);
        assertThat(cloud.requests("POST", SERVER + "/action"))
                .extracting(Request::body)
                .containsExactly("{\"forceDelete\":null}", "{\"forceDelete\":null}");
    }

    private static List<String> tokensUsed(FakeCloud cloud) {
        return cloud.requests("GET", SERVER).stream()
                .map(request -> request.headers().getOrDefault("x-auth-token", "none"))
                .toList();
    }

    private static List<String> onFiftyThreads(Callable<String> call) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> calls = IntStream.range(0, 50)
                    .mapToObj(i -> threads.submit(() -> {
                        start.await();
                        return call.call();
                    }))
                    .toList();
            start.countDown();
            List<String> results = new ArrayList<>();
            for (Future<String> each : calls) {
                results.add(each.get());
            }
            return results;
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Transport transport(FakeCloud cloud) {
        return new Transport(
                cloud.settings().connectTimeout(),
                cloud.settings().requestTimeout(),
                ObservationRegistry.NOOP,
                TimeSource.system(),
                Chance.system());
    }
}
