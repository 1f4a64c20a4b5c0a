package io.vmrestore.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.failure.CloudException.NotFound;
import io.vmrestore.openstack.failure.CloudException.Unavailable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a 404 is worth: the service's own word on a resource, on a path, or nothing at all. */
@CloudTest
class NotFoundEvidenceTest {
    private static final String ID = "00000000-1111-2222-3333-444444444444";
    private static final String REQUEST_ID = "req-11111111-2222-3333-4444-555555555555";
    private static final String NOVAS_WORD =
            "{\"itemNotFound\":{\"code\":404,\"message\":\"Instance " + ID + " could not be found.\"}}";
    private static final String PAGE =
            "<html><head><title>404</title></head><body><h1>404 Not Found</h1><hr>nginx</body></html>";

    static List<Arguments> recordings() {
        return List.of(
                Arguments.of("nova/025-server-missing", true),
                Arguments.of("other/008-nova-wrong-method", false),
                Arguments.of("other/005-glance-image-missing", false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("recordings")
    void novaSpeaksOfTheResourceInItsOwnErrorBody(
            String recording, boolean ofResource, FakeCloud cloud, OpenStack client) {
        cloud.on("GET", "/v2.1/servers/" + ID, FakeCloud.recorded(recording));

        assertThat(server(client))
                .isInstanceOfSatisfying(
                        NotFound.class,
                        absent -> assertThat(absent.ofResource()).isEqualTo(ofResource));
    }

    @Test
    void neutronAndCinderSpeakInTheirs(FakeCloud cloud, OpenStack client) {
        cloud.on("GET", "/v2.0/ports/" + ID, FakeCloud.recorded("neutron/087-show-missing"));
        cloud.on(
                "GET",
                "/v3/" + FakeCloud.PROJECT + "/volumes/" + ID,
                FakeCloud.recorded("cinder/039-snapshot-missing"));

        assertThat(refusal(() -> client.admin().network().port(ID)))
                .isInstanceOfSatisfying(
                        NotFound.class,
                        absent -> assertThat(absent.ofResource()).isTrue());
        assertThat(refusal(() -> client.admin().volumes().volume(ID)))
                .isInstanceOfSatisfying(
                        NotFound.class,
                        absent -> assertThat(absent.ofResource()).isTrue());
    }

    static List<Arguments> foreign() {
        return List.of(
                Arguments.of("a proxy's page", "text/html", null, PAGE),
                Arguments.of("an empty body", "application/json", null, ""),
                Arguments.of("a gateway's JSON", "application/json", null, "{\"message\":\"no Route matched\"}"),
                Arguments.of("the right body without request id", "application/json", null, NOVAS_WORD),
                Arguments.of("the right body under a foreign id", "application/json", "4711", NOVAS_WORD));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("foreign")
    void whatTheServiceDidNotSayItselfIsAnOutage(
            String what, String type, String requestId, String body, FakeCloud cloud, OpenStack client) {
        cloud.on("GET", "/v2.1/servers/" + ID, answer(type, requestId, body));

        assertThat(server(client)).isInstanceOf(Unavailable.class);
    }

    @Test
    void aStrayOneIsAskedAgainAndTheServersAnswerCounts(FakeCloud cloud, OpenStack client) {
        cloud.on(
                "GET",
                "/v2.1/servers/" + ID,
                answer("text/html", null, PAGE),
                FakeCloud.recorded("nova/025-server-missing"));

        assertThat(server(client)).isInstanceOf(NotFound.class);
        assertThat(cloud.requests("GET", "/v2.1/servers/" + ID)).hasSize(2);
    }

    @Test
    void aPageUnderTheServicesRequestIdSpeaksOfAPathOnly(FakeCloud cloud, OpenStack client) {
        cloud.on("GET", "/v2.1/servers/" + ID, answer("text/html", REQUEST_ID, PAGE));

        assertThat(server(client))
                .isInstanceOfSatisfying(
                        NotFound.class,
                        absent -> assertThat(absent.ofResource()).isFalse());
    }

    @Test
    void theTextSaysWhoAnsweredWhatAndWhatToDo(FakeCloud cloud, OpenStack client) {
        cloud.on("GET", "/v2.1/servers/" + ID, answer("text/html", null, PAGE));

        assertThat(server(client))
                .hasMessageStartingWith("compute: answered 404 without the compute service's own error body and"
                        + " request id (404 Not Found nginx): something in front of the service answered, and nothing"
                        + " is concluded from it (GET /v2.1/servers/" + ID + ", HTTP 404, sent as req-")
                .hasMessageEndingWith("). Check the proxy or load balancer in front of the service and its endpoint in"
                        + " the catalog");
    }

    @Test
    void aDeletionThatIsNotTheServicesIsNotTakenAsDone(FakeCloud cloud, OpenStack client) {
        cloud.on("DELETE", "/v2.0/ports/" + ID, answer("text/html", null, PAGE));

        assertThat(refusal(() -> client.admin().network().deletePort(ID))).isInstanceOf(Unavailable.class);
    }

    private static FakeCloud.Reply answer(String type, @Nullable String requestId, String body) {
        FakeCloud.Reply reply = FakeCloud.typed(type, 404, body);
        return requestId == null ? reply : FakeCloud.withHeader("X-Openstack-Request-Id", requestId, reply);
    }

    private static CloudException server(OpenStack client) {
        return refusal(() -> client.admin().compute().server(ID));
    }

    private static CloudException refusal(Runnable call) {
        return catchThrowableOfType(CloudException.class, call::run);
    }
}
