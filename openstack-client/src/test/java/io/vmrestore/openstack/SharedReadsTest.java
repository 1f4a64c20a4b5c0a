package io.vmrestore.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.observation.ObservationRegistry;
import io.vmrestore.common.fair.FairPlaces;
import io.vmrestore.common.time.Chance;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.openstack.failure.CloudException.Unavailable;
import io.vmrestore.openstack.transport.Transport;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Connections are shared among those who read the cloud. */
@CloudTest
class SharedReadsTest {
    private static final String STUCK = "/v2.1/servers/stuck";
    private static final String FINE = "/v2.1/servers/aa598592-367e-4a77-9ef8-b86659bfc4e3";

    @Test
    void whoGetsNoAnswersLeavesConnectionsToOthers(FakeCloud cloud) throws InterruptedException {
        cloud.on("GET", STUCK, (exchange, itself) -> {});
        cloud.on("GET", FINE, FakeCloud.recorded("nova/019-server-show-2.79"));
        cloud.on("DELETE", "/v2.1/servers/other", FakeCloud.json(204, ""));
        FairPlaces places = new FairPlaces(4);
        try (HttpClient connections = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                OpenStack client = new OpenStack(
                        cloud.settings(),
                        new Transport(
                                connections,
                                Duration.ofMinutes(1),
                                ObservationRegistry.NOOP,
                                TimeSource.system(),
                                Chance.system(),
                                places),
                        InstantSource.system())) {
            ConcurrentLinkedQueue<Unavailable> failures = new ConcurrentLinkedQueue<>();
            List<Thread> stuck = IntStream.range(0, 6)
                    .mapToObj(_ -> Thread.startVirtualThread(() ->
                            failures.add(outage(() -> client.admin().compute().server("stuck")))))
                    .toList();
            Awaitility.await().until(() -> cloud.requests("GET", STUCK).size() == 3 && places.waiting() == 3);

            assertThat(client.project(FakeCloud.PROJECT)
                            .compute()
                            .server("aa598592-367e-4a77-9ef8-b86659bfc4e3")
                            .name())
                    .isEqualTo("seed-a-vm2");
            // What was looked up before a write must not age, so the same caller's writes do not wait.
            client.admin().compute().delete("other");

            assertThat(cloud.requests("GET", STUCK)).hasSize(3);
            stuck.forEach(Thread::interrupt);
            for (Thread reader : stuck) {
                reader.join();
            }
            assertThat(failures).hasSize(6).noneMatch(Unavailable::ambiguous);
            assertThat(places.waiting()).isZero();
        }
    }

    private static Unavailable outage(Runnable call) {
        return catchThrowableOfType(Unavailable.class, call::run);
    }
}
