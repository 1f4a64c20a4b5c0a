package io.vmrestore.executor.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.common.fair.FairPlaces;
import io.vmrestore.common.time.Chance;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.executor.step.RestoreFixture;
import io.vmrestore.executor.step.ServiceOutage;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.failure.FailedCall;
import io.vmrestore.simulator.faults.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long a step waits for what, what ends the wait, and what it says then. */
@Timeout(60)
class PatientRunTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final SkippedTime time = new SkippedTime();
    private final ServiceOutage services = new ServiceOutage(time);
    private final Patiently patiently = new Patiently(OutagePatience.DEFAULT, time, false);
    private final RestoreFixture restore = new RestoreFixture(time, services, patiently::carryOut);

    @AfterEach
    void close() {
        restore.close();
    }

    /** A step that makes nothing and does what it is told. */
    private record Told(Work work) implements BoundStep {
        interface Work {
            void on(Attempt attempt) throws InterruptedException;
        }

        @Override
        public void execute(Attempt attempt) throws InterruptedException {
            work.on(attempt);
        }

        @Override
        public void nameMade(Attempt attempt) {
            attempt.note("named", true);
        }

        @Override
        public boolean mayBeginLate() {
            return false;
        }
    }

    @Test
    void a_service_that_is_away_for_longer_than_the_patience_is_named_with_all_that_is_known() throws Exception {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        restore.simulator.faults().always("^POST .*/volumes$", new Fault.Answer(503, "The server is down", null));
        Attempt attempt = restore.attempt(3, Action.CREATE_VOLUME);
        Instant began = time.instant();

        StepFailure failure = restore.failure(attempt, restore.volumeTask(plan));

        assertThat(failure.retryable())
                .as("an outage costs one attempt at most")
                .isFalse();
        assertThat(Duration.between(began, time.instant()))
                .isBetween(Duration.ofMinutes(30), Duration.ofMinutes(30).plus(LIMIT));
        assertThat(failure.failure().kind()).isEqualTo(FailureKind.CLOUD_UNAVAILABLE);
        assertThat(failure.failure().service()).isEqualTo("volume");
        assertThat(failure.failure().httpStatus()).isEqualTo(503);
        assertThat(failure.failure().message())
                .startsWith("The volume service has given no answer since "
                        + began.toString().substring(0, 10))
                .contains("longer than RESTORE_OUTAGE_PATIENCE (PT30M). The last was: 503 ")
                .contains(" to POST ")
                .contains(", request " + failure.failure().requestId())
                .endsWith(". Bring the service back, then restore again");
    }

    @Test
    void behind_the_point_of_no_return_the_wait_has_no_end() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        services.goAway(request -> true, 0, ServiceOutage.First.REFUSED, Duration.ofDays(2));
        Attempt attempt = restore.attempt(3, Action.CREATE_VOLUME);

        new Patiently(OutagePatience.DEFAULT, time, true)
                .carryOut(restore.steps.bind(Action.CREATE_VOLUME, restore.volumeTask(plan)), attempt);

        assertThat(restore.volumes()).hasSize(1);
        assertThat(attempt.deadline())
                .as("it stood still meanwhile")
                .isAfter(time.instant().minus(LIMIT))
                .isBefore(time.instant().plus(LIMIT));
    }

    @Test
    void each_outage_has_the_whole_patience() throws InterruptedException {
        Attempt attempt = restore.attempt(2, Action.CHECK_QUOTA);
        List<Instant> since = new ArrayList<>();
        int[] looks = {0};
        Told twice = new Told(self -> {
            self.cloud().compute().quota();
            if (looks[0]++ < 2) {
                services.goAway(request -> true, 0, ServiceOutage.First.REFUSED, Duration.ofMinutes(25));
                try {
                    self.cloud().compute().quota();
                } catch (CloudException.Unavailable away) {
                    since.add(self.cloud().unansweredSince(away.call()).orElseThrow());
                    throw away;
                }
            }
        });

        patiently.carryOut(twice, attempt);

        assertThat(since).hasSize(2);
        assertThat(Duration.between(since.getFirst(), since.getLast())).isGreaterThan(Duration.ofMinutes(24));
        assertThat(attempt.waitsFor()).isNull();
    }

    @Test
    void a_token_that_keystone_cannot_renew_is_waited_for() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        restore.simulator.faults().once("/volumes", new Fault.RevokeToken());
        services.goAway(
                request -> request.uri().getPath().contains("/auth/tokens"),
                0,
                ServiceOutage.First.REFUSED,
                Duration.ofMinutes(20));

        restore.createVolume(plan);

        assertThat(services.wentAway()).isTrue();
        assertThat(restore.volumes()).hasSize(1);
    }

    @Test
    void a_stop_ends_the_wait_at_once_and_what_may_have_been_made_is_named() throws Exception {
        Patiently unskipped = new Patiently(OutagePatience.DEFAULT, TimeSource.system(), false);
        Attempt attempt = restore.attempt(3, Action.CREATE_VOLUME);
        AtomicReference<StepFailure> end = new AtomicReference<>();
        Told away = new Told(self -> {
            self.requireMayMake();
            throw new CloudException.Unavailable(call(503, "no"), true, Duration.ofHours(1), null);
        });
        Thread waiting = Thread.ofVirtual()
                .start(() -> end.set(catchThrowableOfType(StepFailure.class, () -> unskipped.carryOut(away, attempt))));
        await().until(() -> attempt.waitsFor() != null);

        attempt.stop().ask();
        waiting.join();

        assertThat(end.get().failure().kind()).isEqualTo(FailureKind.STOPPED);
        assertThat(attempt.detail()).containsEntry("named", true);
    }

    @Test
    void who_waits_tells_for_what_and_leaves_its_place_to_others() throws Exception {
        FairPlaces places = new FairPlaces(1);
        Attempt attempt = restore.attempt(3, Action.CREATE_VOLUME);
        Told away = new Told(self -> {
            throw new CloudException.Unavailable(call(503, "Service Unavailable"), true, Duration.ofHours(1), null);
        });
        Thread waiting = Thread.ofVirtual()
                .start(() -> catchThrowableOfType(StepFailure.class, () -> {
                    try (WorkPlace place = new WorkPlace(places, attempt)) {
                        place.take();
                        new PatientRun(OutagePatience.DEFAULT, TimeSource.system(), Chance.system())
                                .carryOut(away, attempt, false, place);
                    }
                }));

        await().until(() -> attempt.waitsFor() != null);
        try (FairPlaces.Place _ = places.take("another project")) {
            assertThat(attempt.waitsFor()).satisfies(outage -> {
                assertThat(outage.service()).isEqualTo("volume");
                assertThat(outage.lastAnswer()).isEqualTo("503 Service Unavailable");
                assertThat(outage.since()).isBeforeOrEqualTo(time.instant());
            });
        }
        attempt.stop().ask();
        waiting.join();
    }

    @Test
    void what_the_service_asks_for_is_longer_than_the_own_pause_and_obeyed() throws InterruptedException {
        List<Instant> asked = new ArrayList<>();
        Told limited = new Told(self -> {
            asked.add(time.instant());
            if (asked.size() < 2) {
                throw new CloudException.RateLimited(call(429, "slow down"), Duration.ofSeconds(90));
            }
        });

        patiently.carryOut(limited, restore.attempt(2, Action.CHECK_QUOTA));

        assertThat(Duration.between(asked.getFirst(), asked.getLast())).isGreaterThanOrEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void a_state_that_passes_is_tried_again_within_the_steps_own_time() throws InterruptedException {
        int[] tries = {0};
        Told busy = new Told(self -> {
            if (tries[0]++ < 3) {
                throw new CloudException.Conflict(call(409, "while it is in task_state deleting"), null);
            }
        });

        patiently.carryOut(busy, restore.attempt(5, Action.CREATE_SERVER));
        assertThat(tries[0]).isEqualTo(4);

        Attempt attempt = restore.attempt(5, Action.CREATE_SERVER);
        Told forEver = new Told(self -> {
            throw new CloudException.Conflict(call(409, "while it is in task_state deleting"), null);
        });
        assertThatThrownBy(() -> patiently.carryOut(forEver, attempt)).isInstanceOf(CloudException.Conflict.class);
        assertThat(time.instant()).isBetween(attempt.deadline().minusSeconds(6), attempt.deadline());
    }

    @Test
    void any_other_conflict_is_final_at_once() {
        int[] tries = {0};
        Told locked = new Told(self -> {
            tries[0]++;
            throw new CloudException.Conflict(call(409, "Instance 1 is locked"), null);
        });

        assertThatThrownBy(() -> patiently.carryOut(locked, restore.attempt(5, Action.CREATE_SERVER)))
                .isInstanceOf(CloudException.Conflict.class);
        assertThat(tries[0]).isEqualTo(1);
    }

    @Test
    void rollback_waits_as_well() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        String volume = restore.createVolume(plan);
        List<String> ports = restore.createPorts(plan);
        String server = restore.createServer(plan, volume, ports);
        String serverMark = restore.mark(restore.serverStep(plan));

        for (int request = 0; request < 4; request++) {
            away(request);
            restore.run(20, Action.ROLLBACK_SERVER, new StepTask.RollbackServer(server, serverMark, null));
            away(request);
            restore.run(21, Action.ROLLBACK_PORT, new StepTask.RollbackPort(ports.getFirst(), restore.mark(4)));
            away(request);
            restore.run(22, Action.ROLLBACK_VOLUME, new StepTask.RollbackVolume(volume, restore.mark(3)));
        }

        assertThat(restore.servers()).isEmpty();
        assertThat(restore.volumes()).isEmpty();
        assertThat(restore.ports()).hasSize(1);
    }

    private void away(int requestsBefore) {
        services.goAway(request -> true, requestsBefore, ServiceOutage.First.LOST_ANSWER, Duration.ofMinutes(10));
    }

    private static FailedCall call(int status, String said) {
        return new FailedCall("volumev3", "POST", "/v3/p/volumes", status, said, "req-ours", "req-theirs");
    }
}
