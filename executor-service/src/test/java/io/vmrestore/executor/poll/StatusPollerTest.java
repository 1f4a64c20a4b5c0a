package io.vmrestore.executor.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vmrestore.common.time.TimeSource;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.failure.FailedCall;
import io.vmrestore.survey.Presence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StatusPollerTest {
    private static final Duration FASTEST = Duration.ofMillis(20);
    private static final PollPace PACE = new PollPace(List.of(Duration.ofMillis(1)), FASTEST, Duration.ofMillis(40));

    private record Thing(String id, String status) {}

    private final Map<String, Thing> cloud = new ConcurrentHashMap<>();
    private final AtomicInteger lists = new AtomicInteger();
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicReference<@Nullable CloudException> trouble = new AtomicReference<>();
    private final StatusPoller<Thing> poller =
            new StatusPoller<>("test", this::list, Thing::id, PACE, TimeSource.system());

    @Test
    void what_is_settled_at_once_costs_one_look_and_no_list() throws InterruptedException {
        cloud.put("a", new Thing("a", "done"));

        assertThat(waitFor("a", inSeconds(5))).isEqualTo(new Presence.Present<>(new Thing("a", "done")));

        assertThat(looks).hasValue(1);
        assertThat(lists).hasValue(0);
    }

    @Test
    void ten_thousand_waits_share_the_list_calls_and_no_platform_thread() throws Exception {
        int waits = 10_000;
        int platformThreads = Thread.getAllStackTraces().size();
        for (int index = 0; index < waits; index++) {
            cloud.put("v" + index, new Thing("v" + index, "creating"));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Presence<Thing>>> ends = new ArrayList<>();
            for (int index = 0; index < waits; index++) {
                String id = "v" + index;
                ends.add(threads.submit(() -> waitFor(id, inSeconds(20))));
            }
            await().until(() -> poller.waiting() == waits);
            int before = lists.get();
            cloud.replaceAll((id, thing) -> new Thing(id, "done"));
            for (Future<Presence<Thing>> end : ends) {
                assertThat(end.get(10, TimeUnit.SECONDS))
                        .isInstanceOfSatisfying(
                                Presence.Present.class,
                                view -> assertThat(view.value().toString()).contains("done"));
            }
            // A call in flight while the resources changed may still have seen the old state.
            assertThat(lists.get() - before).isLessThanOrEqualTo(20);
            assertThat(Thread.getAllStackTraces().size() - platformThreads).isLessThan(10);
        }
        await().until(() -> poller.waiting() == 0);
    }

    @Test
    void what_is_not_certainly_gone_is_waited_for_until_it_is() throws InterruptedException {
        AtomicInteger asked = new AtomicInteger();

        Presence<Thing> end = poller.await(
                "a",
                () -> asked.incrementAndGet() < 3 ? new Presence.Unknown<>("contradicted") : new Presence.Gone<>("404"),
                view -> false,
                inSeconds(5));

        assertThat(end).isEqualTo(new Presence.Gone<>("404"));
        assertThat(lists).as("no list can clear it up").hasValue(0);
    }

    @Test
    void what_stays_uncertain_is_uncertain_at_the_deadline() throws InterruptedException {
        Presence<Thing> end = poller.await(
                "a",
                () -> new Presence.Unknown<>("contradicted"),
                view -> false,
                Instant.now().plusMillis(100));

        assertThat(end).isEqualTo(new Presence.Unknown<>("contradicted"));
    }

    @Test
    void nobody_waits_nothing_is_asked() throws Exception {
        cloud.put("a", new Thing("a", "creating"));
        assertThat(waitFor("a", Instant.now().plusMillis(100)))
                .isEqualTo(new Presence.Present<>(new Thing("a", "creating")));
        await().until(() -> poller.waiting() == 0);
        int before = lists.get();

        await().pollDelay(Duration.ofMillis(150)).until(() -> true);

        assertThat(lists.get() - before).isLessThanOrEqualTo(1);
    }

    @Test
    void a_missing_resource_is_looked_for_itself_before_it_counts_as_gone() throws InterruptedException {
        Thing unlisted = new Thing("unlisted", "creating");
        AtomicInteger asked = new AtomicInteger();

        Presence<Thing> end = poller.await(
                "unlisted",
                () -> new Presence.Present<>(asked.incrementAndGet() < 4 ? unlisted : new Thing("unlisted", "done")),
                view -> view.status().equals("done"),
                inSeconds(5));

        assertThat(end).isEqualTo(new Presence.Present<>(new Thing("unlisted", "done")));
    }

    @Test
    void after_the_deadline_there_is_still_one_look() throws InterruptedException {
        cloud.put("a", new Thing("a", "done"));

        assertThat(waitFor("a", Instant.now().minusSeconds(60)))
                .isEqualTo(new Presence.Present<>(new Thing("a", "done")));
    }

    @Test
    void a_look_that_gets_no_answer_ends_the_wait_for_the_attempt_to_wait_for_the_service() {
        trouble.set(new CloudException.RateLimited(call(429), Duration.ofSeconds(60)));

        assertThatThrownBy(() -> waitFor("a", inSeconds(10))).isInstanceOf(CloudException.RateLimited.class);

        assertThat(looks).hasValue(1);
        assertThat(lists).hasValue(0);
    }

    @Test
    void a_list_that_gets_no_answer_has_each_look_for_itself() throws InterruptedException {
        AtomicInteger asked = new AtomicInteger();
        AtomicInteger listed = new AtomicInteger();
        StatusPoller<Thing> blind = new StatusPoller<>(
                "blind",
                () -> {
                    listed.incrementAndGet();
                    throw new CloudException.Unavailable(call(503), false, null, null);
                },
                Thing::id,
                PACE,
                TimeSource.system());

        Presence<Thing> end = blind.await(
                "a",
                () -> new Presence.Present<>(new Thing("a", asked.incrementAndGet() < 8 ? "creating" : "done")),
                view -> view.status().equals("done"),
                inSeconds(10));

        assertThat(end).isEqualTo(new Presence.Present<>(new Thing("a", "done")));
        assertThat(listed.get()).isPositive();
    }

    @Test
    void a_refusal_ends_the_wait() {
        trouble.set(new CloudException.Forbidden(call(403)));

        assertThatThrownBy(() -> waitFor("a", inSeconds(5))).isInstanceOf(CloudException.Forbidden.class);
    }

    @Test
    void a_refused_list_ends_the_waits() {
        StatusPoller<Thing> blind = new StatusPoller<>(
                "blind",
                () -> {
                    throw new CloudException.Forbidden(call(403));
                },
                Thing::id,
                PACE,
                TimeSource.system());

        assertThatThrownBy(() -> blind.await(
                        "a", () -> new Presence.Present<>(new Thing("a", "creating")), view -> false, inSeconds(5)))
                .isInstanceOf(CloudException.Forbidden.class);
    }

    private Presence<Thing> waitFor(String id, Instant deadline) throws InterruptedException {
        return poller.await(
                id,
                () -> {
                    looks.incrementAndGet();
                    fail();
                    Thing thing = cloud.get(id);
                    return thing == null ? new Presence.Gone<>("no such thing") : new Presence.Present<>(thing);
                },
                view -> view.status().equals("done"),
                deadline);
    }

    private List<Thing> list() {
        lists.incrementAndGet();
        fail();
        return List.copyOf(cloud.values());
    }

    private void fail() {
        CloudException now = trouble.get();
        if (now != null) {
            throw now;
        }
    }

    private static Instant inSeconds(int seconds) {
        return Instant.now().plusSeconds(seconds);
    }

    private static FailedCall call(int status) {
        return new FailedCall("volumev3", "GET", "/volumes/detail", status, "no", "req-1", null);
    }
}
