package io.vmrestore.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.SenderContext;
import io.vmrestore.common.time.Chance;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.openstack.FakeCloud.Request;
import io.vmrestore.openstack.compute.ServerQuery;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.volume.VolumeSpec;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openstack4j.core.transport.HttpExecutorService;

/** What goes over the wire with each request. */
@CloudTest
class RequestsTest {

    private static final String SERVER = "/v2.1/servers/aa598592-367e-4a77-9ef8-b86659bfc4e3";
    private static final String VOLUMES = "/v3/" + FakeCloud.PROJECT + "/volumes";
    private static final String REQUEST_ID = "req-11111111-2222-3333-4444-555555555555";

    @Test
    void hundredRequestsShareOneConnection(FakeCloud cloud, OpenStack client) {
        cloud.replay("nova/019-server-show-2.79");
        for (int i = 0; i < 100; i++) {
            client.admin().compute().server("aa598592-367e-4a77-9ef8-b86659bfc4e3");
        }
        assertThat(cloud.requests("GET", SERVER)).hasSize(100);
        assertThat(cloud.requests().stream().map(Request::port).distinct()).hasSize(1);
    }

    @Test
    void exactlyOneConnectorIsOnTheClassPath() {
        assertThat(ServiceLoader.load(HttpExecutorService.class))
                .singleElement()
                .extracting(HttpExecutorService::getExecutorDisplayName)
                .isEqualTo("java.net.http");
    }

    @Test
    void eachServiceGetsItsOwnVersionHeader(FakeCloud cloud, OpenStack client) {
        cloud.replay("nova/019-server-show-2.79")
                .replay("cinder/056-volume-show-in-use")
                .replay("neutron/093-port-bound");
        client.admin().compute().server("aa598592-367e-4a77-9ef8-b86659bfc4e3");
        client.admin().volumes().volume("5319b110-35bb-4dd5-a368-2440a6563511");
        client.admin().network().port("1a239679-4a26-415a-9d33-a044a41543b7");

        assertThat(header(cloud, "GET", SERVER, "openstack-api-version")).isEqualTo("compute 2.79");
        assertThat(header(cloud, "GET", VOLUMES + "/5319b110-35bb-4dd5-a368-2440a6563511", "openstack-api-version"))
                .isEqualTo("volume 3.50");
        assertThat(cloud.requests("GET", "/v2.0/ports/1a239679-4a26-415a-9d33-a044a41543b7")
                        .getFirst()
                        .headers())
                .doesNotContainKey("openstack-api-version");
    }

    @Test
    void theCallersRequestIdGoesToEveryServiceAndToKeystone(FakeCloud cloud, OpenStack client) {
        cloud.replay("nova/019-server-show-2.79").replay("neutron/093-port-bound");
        ProjectCloud project = client.project(FakeCloud.PROJECT).withRequestId(REQUEST_ID);
        project.compute().server("aa598592-367e-4a77-9ef8-b86659bfc4e3");
        project.network().port("1a239679-4a26-415a-9d33-a044a41543b7");

        // Token, versions and answer of Nova, versions and answer of Neutron.
        assertThat(cloud.requests())
                .hasSize(5)
                .allSatisfy(
                        request -> assertThat(request.headers()).containsEntry("x-openstack-request-id", REQUEST_ID));
    }

    @Test
    void withoutACallersIdEachRequestHasANewOne(FakeCloud cloud, OpenStack client) {
        cloud.replay("nova/019-server-show-2.79");
        client.admin().compute().server("aa598592-367e-4a77-9ef8-b86659bfc4e3");
        client.admin().compute().server("aa598592-367e-4a77-9ef8-b86659bfc4e3");
        assertThat(cloud.requests("GET", SERVER))
                .extracting(request -> request.headers().get("x-openstack-request-id"))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.startsWith("req-"));
    }

    @Test
    void anIdThatServicesWouldIgnoreIsRefused(OpenStack client) {
        assertThatThrownBy(() -> client.admin().withRequestId("job-17"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'job-17' is no request id: OpenStack accepts only req-<uuid> in lower case");
    }

    @Test
    void theIdsOfChangingRequestsAreKept(FakeCloud cloud, OpenStack client) {
        cloud.replay("cinder/072-create-from-snapshot").replay("cinder/056-volume-show-in-use");
        ProjectCloud project = client.admin();
        project.volumes().volume("5319b110-35bb-4dd5-a368-2440a6563511");
        project.volumes().create(new VolumeSpec("v", "s", null, null, null, null, Map.of()));

        assertThat(project.cloudRequestIds())
                .containsExactly(Recording.of("cinder/072-create-from-snapshot").header("X-Openstack-Request-Id"));
    }

    @Test
    void aGetHasNoBodyAndItsQueryIsEncoded(FakeCloud cloud, OpenStack client) {
        cloud.on("GET", "/v2.1/servers/detail", FakeCloud.json(200, "{\"servers\":[]}"));
        client.admin().compute().servers(ServerQuery.tagged("restore job&1"));
        Request request = cloud.requests("GET", "/v2.1/servers/detail").getFirst();
        assertThat(request.query()).isEqualTo("tags=restore+job%261");
        assertThat(request.body()).isEmpty();
        assertThat(request.headers()).doesNotContainKey("content-type");
    }

    @Test
    void requestsAreTimedByServiceMethodAndStatus(FakeCloud cloud) {
        cloud.replay("nova/019-server-show-2.79").replay("nova/185-delete-missing");
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        try (OpenStack client = OpenStack.connect(cloud.settings(), meters, TimeSource.system(), Chance.system())) {
            client.admin().compute().server("aa598592-367e-4a77-9ef8-b86659bfc4e3");
            assertThatThrownBy(() -> client.admin().compute().delete("00000000-1111-2222-3333-444444444444"))
                    .isInstanceOf(CloudException.NotFound.class);
        }
        assertThat(meters.get("restore.openstack.requests")
                        .tags("service", "compute", "method", "DELETE", "status", "4xx")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("restore.openstack.requests")
                        .tags("service", "compute", "method", "GET", "status", "2xx")
                        .timer()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void aTracingHandlerCanAddItsHeader(FakeCloud cloud) {
        cloud.replay("nova/019-server-show-2.79");
        ObservationRegistry observations = ObservationRegistry.create();
        observations.observationConfig().observationHandler(new TraceParent());
        try (OpenStack client =
                OpenStack.connect(cloud.settings(), observations, TimeSource.system(), Chance.system())) {
            client.admin().compute().server("aa598592-367e-4a77-9ef8-b86659bfc4e3");
        }
        assertThat(header(cloud, "GET", SERVER, "traceparent")).isEqualTo(TraceParent.VALUE);
    }

    @Test
    void twoAnswersAtOnceStayApart(FakeCloud cloud, OpenStack client) {
        cloud.replay("nova/019-server-show-2.79").replay("nova/024-server-show-image-booted");
        String other = Recording.of("nova/024-server-show-image-booted").path().replace("/v2.1/servers/", "");
        List<String> ids = List.of("aa598592-367e-4a77-9ef8-b86659bfc4e3", other);
        assertThat(IntStream.range(0, 200)
                        .parallel()
                        .mapToObj(i -> ids.get(i % 2)
                                .equals(client.admin()
                                        .compute()
                                        .server(ids.get(i % 2))
                                        .id())))
                .containsOnly(true);
    }

    private static String header(FakeCloud cloud, String method, String path, String name) {
        return cloud.requests(method, path).getFirst().headers().getOrDefault(name, "absent");
    }

    /** Does what a tracing library's handler does. */
    private static final class TraceParent implements ObservationHandler<Observation.Context> {

        static final String VALUE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

        @Override
        @SuppressWarnings("unchecked")
        public void onStart(Observation.Context context) {
            SenderContext<Object> sender = (SenderContext<Object>) context;
            sender.getSetter().set(sender.getCarrier(), "traceparent", VALUE);
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return context instanceof SenderContext;
        }
    }
}
