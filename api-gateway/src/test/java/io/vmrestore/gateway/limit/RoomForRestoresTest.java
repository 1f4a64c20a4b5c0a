package io.vmrestore.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmrestore.gateway.GatewaySettings;
import io.vmrestore.gateway.http.ProblemException;
import io.vmrestore.gateway.jobs.AcceptedRequest;
import io.vmrestore.gateway.jobs.ActiveRestores;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RoomForRestoresTest {
    private static final ActiveRestores NOTHING_SHOWN = new ActiveRestores(0, 0, Set.of());

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-25T08:00:00Z"));
    private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
    private final RoomForRestores room = new RoomForRestores(new GatewaySettings.Limits(3, 2), clock);

    private static AcceptedRequest request(String project) {
        return new AcceptedRequest(UUID.randomUUID(), null, project);
    }

    @Test
    void isWhatTheLimitsLeave() {
        room.take(request("one"), NOTHING_SHOWN);
        room.take(request("one"), NOTHING_SHOWN);
        assertThatThrownBy(() -> room.take(request("one"), NOTHING_SHOWN))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("Project one has 2 restores at work");
        room.take(request("two"), NOTHING_SHOWN);
        assertThatThrownBy(() -> room.take(request("two"), NOTHING_SHOWN))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("The system has 3 restores at work");
        assertThat(room.unknown()).hasSize(3);
    }

    @Test
    void comesBackWithWhatIsNotPublished() {
        AcceptedRequest lost = request("one");
        room.take(lost, NOTHING_SHOWN);
        room.take(request("one"), NOTHING_SHOWN);
        room.giveBack(lost);
        assertThatCode(() -> room.take(request("one"), NOTHING_SHOWN)).doesNotThrowAnyException();
    }

    @Test
    void isNotTakenTwiceByOneRequest() {
        AcceptedRequest repeated = request("one");
        room.take(repeated, NOTHING_SHOWN);
        assertThat(room.has(repeated)).isTrue();
        room.take(repeated, NOTHING_SHOWN);
        assertThatCode(() -> room.take(request("one"), NOTHING_SHOWN)).doesNotThrowAnyException();
    }

    @Test
    void comesBackAfterAWhileWhereAnAcceptedRequestIsNeverShown() {
        room.take(request("one"), NOTHING_SHOWN);
        room.take(request("one"), NOTHING_SHOWN);
        now.set(now.get().plus(Duration.ofMinutes(6)));
        assertThatCode(() -> room.take(request("one"), NOTHING_SHOWN)).doesNotThrowAnyException();
        assertThat(room.unknown()).hasSize(1);
    }
}
