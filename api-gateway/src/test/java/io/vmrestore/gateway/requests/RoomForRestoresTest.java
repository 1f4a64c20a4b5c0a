package io.vmrestore.gateway.requests;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.gateway.GatewaySettings;
import io.vmrestore.support.api.AdmissionAnswer;
import io.vmrestore.support.api.AdmissionQuestion;
import io.vmrestore.support.api.RequestClaim;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RoomForRestoresTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-25T08:00:00Z"));
    private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
    private final RoomForRestores room = new RoomForRestores(new GatewaySettings.Limits(3, 2), clock);

    private static AcceptedRequest request(String project) {
        return new AcceptedRequest(UUID.randomUUID(), null, project);
    }

    /** What a request would name that came now. */
    private List<AdmissionQuestion.Accepted> unknown() {
        RoomForRestores.Place place = room.take(request("somewhere"));
        place.giveBack();
        return place.named();
    }

    private static AdmissionAnswer counted(long total, long inProject) {
        RequestClaim claim = new RequestClaim(null, null, null, null, null, null);
        return new AdmissionAnswer(claim, null, false, total, inProject, Set.of());
    }

    @Test
    void isAskedForByNamingWhoCameBefore() {
        AcceptedRequest first = request("one");
        AcceptedRequest second = request("one");
        assertThat(room.take(first).named()).isEmpty();
        assertThat(room.take(second).named())
                .containsExactly(new AdmissionQuestion.Accepted(first.jobId(), null, "one"));
        assertThat(room.take(request("two")).named()).hasSize(2);
        assertThat(unknown()).hasSize(3);
        room.shown(Set.of(first.id()));
        assertThat(unknown()).hasSize(2);
        assertThat(room.limits()).isEqualTo(new AdmissionQuestion.Limits(3, 2));
    }

    @Test
    void tellsWhichLimitIsReached() {
        assertThat(room.none(counted(2, 2), "one").detail()).contains("Project one has 2 restores at work");
        assertThat(room.none(counted(3, 0), "two").detail()).contains("The system has 3 restores at work");
    }

    @Test
    void comesBackWithWhatIsNotPublished() {
        RoomForRestores.Place lost = room.take(request("one"));
        room.take(request("one"));
        lost.giveBack();
        assertThat(unknown()).hasSize(1);
    }

    @Test
    void isNotTakenTwiceByOneRequest() {
        AcceptedRequest repeated = request("one");
        room.take(repeated);
        room.take(request("one")).is(repeated);
        assertThat(unknown()).hasSize(1);
    }

    @Test
    void comesBackAfterAWhileWhereAnAcceptedRequestIsNeverShown() {
        room.take(request("one"));
        room.take(request("one"));
        now.set(now.get().plus(Duration.ofMinutes(6)));
        room.take(request("one"));
        assertThat(unknown()).hasSize(1);
    }

    @Test
    void tellsAsNumbersWhatDoesNotFitIntoOneQuestion() {
        for (int number = 0; number < 1001; number++) {
            room.take(request("one"));
        }
        room.take(new AcceptedRequest(UUID.randomUUID(), UUID.randomUUID(), null));
        RoomForRestores.Place place = room.take(request("two"));
        assertThat(place.named()).hasSize(1000);
        assertThat(place.others()).isEqualTo(Map.of("one", 1, "", 1));
    }
}
