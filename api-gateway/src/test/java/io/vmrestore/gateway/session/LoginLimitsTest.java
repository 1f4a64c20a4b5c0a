package io.vmrestore.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmrestore.gateway.GatewaySettings;
import io.vmrestore.support.problem.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoginLimitsTest {
    private static final String DOMAIN = "Default";

    private final SettableClock clock = new SettableClock();
    private final LoginLimits limits = new LoginLimits(settings(3, 5), clock);

    private static final class SettableClock extends Clock {
        private Instant now = Instant.parse("2026-11-22T12:00:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private static GatewaySettings settings(int perUser, int perAddress) {
        return new GatewaySettings(
                true,
                false,
                false,
                "",
                Duration.ofHours(1),
                new GatewaySettings.Login(
                        "http://127.0.0.1:9",
                        "admin=superadmin",
                        Duration.ZERO,
                        Duration.ofSeconds(1),
                        perUser,
                        perAddress,
                        Duration.ofMinutes(5)),
                new GatewaySettings.Issuer("", "", "sub", "roles", "admin=admin"),
                new GatewaySettings.Status("http://127.0.0.1:9", Duration.ofSeconds(1), Duration.ofHours(1)),
                new GatewaySettings.Planner("http://127.0.0.1:9", Duration.ofSeconds(1)),
                new GatewaySettings.Waits(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(1)),
                new GatewaySettings.Limits(1, 1));
    }

    @Test
    void refuseAUserWhoFailsAgainAndAgainFromOneAddress() {
        for (int attempt = 1; attempt <= 3; attempt++) {
            limits.begin("olga", DOMAIN, "10.0.0.1");
            clock.pass(Duration.ofSeconds(60));
        }
        assertThatThrownBy(() -> limits.begin("OLGA", "default", "10.0.0.1"))
                .isInstanceOfSatisfying(ProblemException.class, refused -> {
                    assertThat(refused.problem().detail())
                            .isEqualTo("Too many failed logins of this user from your address; try again in 120"
                                    + " seconds.");
                    assertThat(refused.problem().headers()).containsEntry("Retry-After", "120");
                });
        assertThatCode(() -> limits.begin("olga", "other domain", "10.0.0.1")).doesNotThrowAnyException();
        assertThatCode(() -> limits.begin("olga", DOMAIN, "10.0.0.9")).doesNotThrowAnyException();
    }

    @Test
    void letNobodyLockAnotherOut() {
        for (int address = 0; address < 500; address++) {
            for (int attempt = 0; attempt < 3; attempt++) {
                limits.begin("olga", DOMAIN, "10.0.1." + address).end();
            }
        }
        assertThat(limits.begin("olga", DOMAIN, "10.0.0.9").delay())
                .as("from everywhere: slowed and not refused")
                .isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void letTheRightPasswordInFromWhereItWasRightBefore() {
        limits.begin("olga", DOMAIN, "10.0.0.1").succeed();
        for (int user = 0; user < 1000; user++) {
            limits.begin("user-" + user, DOMAIN, "10.0.0.1").end();
            limits.begin("olga", DOMAIN, "10.0.1." + user).end();
        }
        assertThat(limits.begin("olga", DOMAIN, "10.0.0.1").delay())
                .as("what others do")
                .isEqualTo(Duration.ZERO);
        for (int attempt = 0; attempt < 100; attempt++) {
            limits.begin("olga", DOMAIN, "10.0.0.1").end();
        }
        assertThat(limits.begin("olga", DOMAIN, "10.0.0.1").delay())
                .as("what somebody at their own address does")
                .isEqualTo(Duration.ofSeconds(10));
        clock.pass(Duration.ofDays(31));
        limits.begin("olga", DOMAIN, "10.0.0.1");
        limits.begin("olga", DOMAIN, "10.0.0.1");
        limits.begin("olga", DOMAIN, "10.0.0.1");
        assertThatThrownBy(() -> limits.begin("olga", DOMAIN, "10.0.0.1"))
                .as("a month later")
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void slowDownAnAddressWhoeverIsTried() {
        for (int user = 1; user <= 5; user++) {
            assertThat(limits.begin("user-" + user, DOMAIN, "10.0.0.1").delay()).isEqualTo(Duration.ZERO);
        }
        assertThat(limits.begin("user-6", DOMAIN, "10.0.0.1").delay()).isEqualTo(Duration.ofSeconds(1));
        assertThat(limits.begin("user-6", DOMAIN, "10.0.0.2").delay()).isEqualTo(Duration.ZERO);
        for (int user = 7; user <= 10; user++) {
            limits.begin("user-" + user, DOMAIN, "10.0.0.1").end();
        }
        assertThat(limits.begin("user-11", DOMAIN, "10.0.0.1").delay()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void letOnlySoManyWaitAtOnce() {
        limits.begin("olga", DOMAIN, "10.0.0.1").succeed();
        for (int user = 0; user < 5; user++) {
            limits.begin("user-" + user, DOMAIN, "10.0.0.1").end();
        }
        List<LoginLimits.Attempt> waiting = new ArrayList<>();
        for (int user = 5; user < 10; user++) {
            waiting.add(limits.begin("user-" + user, DOMAIN, "10.0.0.1"));
        }
        assertThatThrownBy(() -> limits.begin("user-10", DOMAIN, "10.0.0.1"))
                .as("a delay alone would bound nothing: a thousand may wait side by side")
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().detail())
                                .isEqualTo(
                                        "Too many logins that may be guesses wait already; try again in 10 seconds."));
        assertThat(limits.begin("olga", DOMAIN, "10.0.0.1").delay()).isEqualTo(Duration.ZERO);
        waiting.getFirst().end();
        waiting.getFirst().end();
        limits.begin("user-10", DOMAIN, "10.0.0.1");
        assertThatThrownBy(() -> limits.begin("user-11", DOMAIN, "10.0.0.1")).isInstanceOf(ProblemException.class);
    }

    @Test
    void slowDownEverybodyWhenEverybodyFails() {
        for (int pair = 0; pair < 50; pair++) {
            assertThat(limits.begin("user-" + pair, DOMAIN, "10.0.2." + pair).delay())
                    .isEqualTo(Duration.ZERO);
        }
        assertThat(limits.begin("somebody", DOMAIN, "10.0.3.1").delay()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void letAgainWhenTheWindowHasMovedOn() {
        for (int attempt = 0; attempt < 3; attempt++) {
            limits.begin("olga", DOMAIN, "10.0.0.1");
        }
        clock.pass(Duration.ofMinutes(5).minusMillis(1));
        assertThatThrownBy(() -> limits.begin("olga", DOMAIN, "10.0.0.1"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().headers()).containsEntry("Retry-After", "1"));
        clock.pass(Duration.ofMillis(1));
        assertThatCode(() -> limits.begin("olga", DOMAIN, "10.0.0.1")).doesNotThrowAnyException();
    }

    @Test
    void forgiveOnlyTheAttemptThatTurnedOutWell() {
        limits.begin("olga", DOMAIN, "10.0.0.1");
        limits.begin("olga", DOMAIN, "10.0.0.1");
        for (int attempt = 0; attempt < 10; attempt++) {
            limits.begin("olga", DOMAIN, "10.0.0.1").forgive();
        }
        limits.begin("olga", DOMAIN, "10.0.0.1");
        assertThatThrownBy(() -> limits.begin("olga", DOMAIN, "10.0.0.1")).isInstanceOf(ProblemException.class);
    }

    @Test
    void countAttemptsThatAreStillUnderWay() {
        LoginLimits.Attempt first = limits.begin("olga", DOMAIN, "10.0.0.1");
        limits.begin("olga", DOMAIN, "10.0.0.1");
        limits.begin("olga", DOMAIN, "10.0.0.1");
        assertThatThrownBy(() -> limits.begin("olga", DOMAIN, "10.0.0.1")).isInstanceOf(ProblemException.class);
        first.forgive();
        assertThatCode(() -> limits.begin("olga", DOMAIN, "10.0.0.1")).doesNotThrowAnyException();
    }
}
