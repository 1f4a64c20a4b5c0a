package io.vmrestore.status.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vmrestore.common.codec.EventCodec;
import io.vmrestore.common.codec.Json;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.embedded.DatabaseEndpoint;
import io.vmrestore.embedded.testing.TestInfrastructure;
import io.vmrestore.status.testing.EventProbe;
import io.vmrestore.status.testing.EventTopic;
import io.vmrestore.status.testing.HttpProbe;
import io.vmrestore.status.testing.Plans;
import io.vmrestore.status.testing.RestoreLife;
import io.vmrestore.status.testing.StatusService;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Two instances on one database and one broker, as in production. */
class EventsTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final AtomicLong SEEDS = new AtomicLong(90_000);
    private static final DatabaseEndpoint DATABASE = TestInfrastructure.newDatabase();
    private static final String GROUP = "events-" + UUID.randomUUID();
    private static final StatusService FIRST = start();
    private static final StatusService SECOND = start();
    private static final EventTopic TOPIC = new EventTopic();

    private final RestoreLife life = RestoreLife.smooth(SEEDS.incrementAndGet());
    private final int size = life.events().size();

    private static StatusService start() {
        return StatusService.start(DATABASE, GROUP, "--restore.status.heartbeat=100ms");
    }

    @BeforeAll
    static void awaitReady() {
        FIRST.awaitReady();
        SECOND.awaitReady();
    }

    @AfterAll
    static void stop() {
        TOPIC.close();
        SECOND.close();
        FIRST.close();
    }

    @Test
    void aStreamTellsTheWholeRestoreAndEnds() {
        TOPIC.publish(life.events());
        try (EventProbe stream = EventProbe.open(FIRST, life.jobId())) {
            assertThat(stream.status()).isEqualTo(200);
            until("the stream ends", stream::ended);
            assertThat(stream.ids()).isEqualTo(ids(1, size));
            for (int index = 0; index < size; index++) {
                RestoreEvent event = life.events().get(index);
                EventProbe.Event received = stream.events().get(index);
                assertThat(received.type()).isEqualTo(EventCodec.typeName(event.type()));
                JsonNode document = Json.MAPPER.readTree(received.data());
                assertThat(document.propertyNames()).containsExactly("id", "type", "time", "data");
                assertThat(document.get("id").asString()).isEqualTo(event.id());
                assertThat(document.get("type").asString()).isEqualTo(received.type());
                assertThat(document.get("time").asString())
                        .isEqualTo(event.time().toString());
                assertThat(document.get("data").get("time")).isEqualTo(document.get("time"));
            }
            assertThat(stream.events().toString())
                    .contains("\"user_data\":{\"present\":true,\"bytes\":17}")
                    .doesNotContain("ciphertext", "nonce", "partition", "offset", Plans.PUBLIC_KEY);
        }
    }

    @Test
    void whatIsReadHalfFromOneInstanceGoesOnAtTheOtherWithoutGapOrDouble() {
        int half = size / 2;
        List<String> received = new ArrayList<>();
        TOPIC.publish(life.events().subList(0, half));
        try (EventProbe stream = EventProbe.open(FIRST, life.jobId())) {
            until("the first half", () -> stream.events().size() == half);
            received.addAll(stream.ids());
        }
        // What happens while the client is away.
        TOPIC.publish(life.events().subList(half, half + 3));
        try (EventProbe stream = EventProbe.open(SECOND, life.jobId(), "Last-Event-ID", received.getLast())) {
            until("the missed ones", () -> stream.events().size() == 3);
            TOPIC.publish(life.events().subList(half + 3, size));
            until("the stream ends", stream::ended);
            received.addAll(stream.ids());
        }
        assertThat(received).isEqualTo(ids(1, size));
    }

    @Test
    void aStreamCanBeOpenedBeforeTheFirstEventIsFolded() {
        CompletableFuture<EventProbe> opening =
                CompletableFuture.supplyAsync(() -> EventProbe.open(SECOND, life.jobId()));
        until("it waits for the job", () -> opening.isDone() || SECOND.hasWaitingReaders());
        TOPIC.publish(life.events());
        try (EventProbe stream = opening.join()) {
            assertThat(stream.status()).isEqualTo(200);
            until("the stream ends", stream::ended);
            assertThat(stream.ids()).isEqualTo(ids(1, size));
        }
    }

    @Test
    void manyStreamsOfManyRestoresEachGetTheirOwn() {
        List<RestoreLife> lives = IntStream.range(0, 20)
                .mapToObj(_ -> RestoreLife.smooth(SEEDS.incrementAndGet()))
                .toList();
        lives.forEach(each -> TOPIC.publish(each.events().subList(0, 1)));
        List<EventProbe> streams = new ArrayList<>();
        for (int number = 0; number < 200; number++) {
            streams.add(EventProbe.open(
                    number % 3 == 0 ? FIRST : SECOND, lives.get(number % 20).jobId()));
        }
        lives.forEach(
                each -> TOPIC.publish(each.events().subList(1, each.events().size())));
        until("all streams end", () -> streams.stream().allMatch(EventProbe::ended));
        for (int number = 0; number < 200; number++) {
            RestoreLife own = lives.get(number % 20);
            EventProbe stream = streams.get(number);
            assertThat(stream.ids()).isEqualTo(ids(1, own.events().size()));
            assertThat(stream.events())
                    .allMatch(event -> event.data().contains(own.jobId().toString()));
        }
    }

    @Test
    void aSilentStreamShowsThatItIsAliveAndLeavesNothingWhenTheClientGoes() {
        TOPIC.publish(life.events().subList(0, 4));
        try (EventProbe stream = EventProbe.open(FIRST, life.jobId())) {
            until("what there is", () -> stream.events().size() == 4);
            int comments = stream.comments();
            until("signs of life", () -> stream.comments() >= comments + 3);
            assertThat(FIRST.hasWaitingReaders()).isTrue();
            assertThat(stream.events()).hasSize(4);
        }
        until("nobody waits any more", () -> !FIRST.hasWaitingReaders());
    }

    @Test
    void anInstanceThatStopsEndsItsStreams() {
        TOPIC.publish(life.events().subList(0, 4));
        StatusService leaving = start();
        try (EventProbe stream = EventProbe.open(leaving.awaitReady(), life.jobId())) {
            until("what there is", () -> stream.events().size() == 4);
            long begin = System.nanoTime();
            leaving.close();
            until("the stream ends", stream::ended);
            // Not by the limit of the graceful shutdown, which is 30 s.
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(25));
        }
    }

    @Test
    void afterTheLastEventThereIsNothingToConnectFor() {
        TOPIC.publish(life.events());
        try (EventProbe stream = EventProbe.open(FIRST, life.jobId(), "Last-Event-ID", "" + (size - 1))) {
            until("the stream ends", stream::ended);
            assertThat(stream.ids()).isEqualTo(ids(size, size));
        }
        try (EventProbe stream = EventProbe.open(FIRST, life.jobId(), "Last-Event-ID", "" + size)) {
            assertThat(stream.status()).isEqualTo(204);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-1", "1.5", "1,2", "99999999999999999999", "0x1"})
    void aMalformedLastEventIdIsRefused(String id) {
        try (EventProbe stream = EventProbe.open(FIRST, life.jobId(), "Last-Event-ID", id)) {
            assertThat(stream.status()).isEqualTo(400);
        }
    }

    @Test
    void anUnknownJobIsNotFoundAndAnUnknownParameterRefused() {
        String path = "/internal/jobs/" + life.jobId() + "/events";
        HttpResponse<String> unknown = FIRST.http("viewer").get(path);
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(HttpProbe.json(unknown).get("type").asString()).isEqualTo("urn:vm-restore:problem:job-not-found");
        HttpResponse<String> parameter = FIRST.http("viewer").get(path + "?from=3");
        assertThat(parameter.statusCode()).isEqualTo(400);
        assertThat(HttpProbe.json(parameter).get("detail").asString()).startsWith("Parameter 'from' is unknown");
        assertThat(FIRST.http("guest").get(path).statusCode()).isEqualTo(403);
    }

    private static void until(String what, Callable<Boolean> condition) {
        await(what).atMost(LIMIT).until(condition);
    }

    private static List<String> ids(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(Integer::toString).toList();
    }
}
