package io.vmrestore.gateway.jobs;

import static io.vmrestore.gateway.testing.RunningGateway.newUser;
import static io.vmrestore.gateway.testing.SharedGateway.GATEWAY;
import static io.vmrestore.gateway.testing.SharedGateway.STATUS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vmrestore.gateway.testing.Jobs;
import io.vmrestore.gateway.testing.RunningGateway;
import io.vmrestore.gateway.testing.StandInServer.Answer;
import io.vmrestore.gateway.testing.StandInServer.Request;
import io.vmrestore.support.access.Reach;
import io.vmrestore.support.access.Role;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class WaitsTest {
    /** More than there are connections for questions. */
    private static final int CLIENTS = 220;

    private final String user = newUser();
    private final String token = RunningGateway.token(user, Reach.everywhere(Role.VIEWER));
    private final String path = "/restore/jobs/" + UUID.randomUUID();

    @Test
    void forChangesDelayNoQuestion() throws Exception {
        CountDownLatch changed = new CountDownLatch(1);
        AtomicInteger waiting = new AtomicInteger();
        STATUS.script(user, request -> {
            if (request.parameters().containsKey("wait_millis")) {
                waiting.incrementAndGet();
                awaitUninterrupted(changed);
            }
            return job(request);
        });
        try (HttpClient client = HttpClient.newHttpClient()) {
            List<CompletableFuture<HttpResponse<String>>> waits = IntStream.range(0, CLIENTS)
                    .mapToObj(_ -> client.sendAsync(
                            request().header("Prefer", "wait=50").build(), HttpResponse.BodyHandlers.ofString()))
                    .toList();
            await().atMost(Duration.ofSeconds(40)).until(() -> waiting.get() == CLIENTS);

            assertThat(client.send(request().build(), HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);

            assertThat(waits).noneMatch(CompletableFuture::isDone);
            changed.countDown();
            assertThat(waits)
                    .allSatisfy(wait -> assertThat(wait.join().statusCode()).isEqualTo(200));
        } finally {
            changed.countDown();
        }
    }

    private HttpRequest.Builder request() {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + GATEWAY.port() + path))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Authorization", "Bearer " + token);
    }

    private static Answer job(Request request) {
        String path = request.uri().getPath();
        return Answer.json(200, Jobs.planned(path.substring(path.lastIndexOf('/') + 1)));
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
