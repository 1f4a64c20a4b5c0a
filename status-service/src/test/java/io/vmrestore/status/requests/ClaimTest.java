package io.vmrestore.status.requests;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.codec.Json;
import io.vmrestore.status.testing.HttpProbe;
import io.vmrestore.status.testing.StatusService;
import io.vmrestore.status.testing.Tokens;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ClaimTest {
    private static final String DIGEST = "0123456789abcdef".repeat(4);
    private static final Instant NOW = Instant.now();

    private final StatusService service = StatusService.shared();
    private final HttpProbe alice = service.http("admin");
    private final String key = "key-" + UUID.randomUUID();

    private Map<String, Object> claim(Instant at) {
        return new LinkedHashMap<>(Map.of(
                "key", key,
                "digest", DIGEST,
                "subject_id", UUID.randomUUID(),
                "claimed_at", at,
                "expires_at", at.plus(Duration.ofHours(24))));
    }

    private static CompletableFuture<HttpResponse<String>> post(HttpProbe caller, Object claim) {
        return caller.postAsync("/internal/claims", Json.MAPPER.writeValueAsString(claim));
    }

    private static JsonNode held(HttpProbe caller, Object claim) {
        HttpResponse<String> answer = post(caller, claim).join();
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return HttpProbe.json(answer);
    }

    @Test
    void theFirstClaimHoldsUntilItExpires() {
        Map<String, Object> first = claim(NOW);
        JsonNode held = held(alice, first);
        assertThat(held.path("subject_id").asString())
                .isEqualTo(first.get("subject_id").toString());
        assertThat(held.path("digest").asString()).isEqualTo(DIGEST);
        assertThat(Instant.parse(held.path("claimed_at").asString())).isCloseTo(NOW, within());

        Map<String, Object> other = claim(NOW.plus(Duration.ofHours(23)));
        other.put("digest", "f".repeat(64));
        assertThat(held(alice, other)).isEqualTo(held);

        Map<String, Object> nextDay = claim(NOW.plus(Duration.ofHours(25)));
        assertThat(held(alice, nextDay).path("subject_id").asString())
                .isEqualTo(nextDay.get("subject_id").toString());
    }

    @Test
    void oneThatWasAdmittedStaysSoUntilItExpires() {
        Map<String, Object> first = claim(NOW);
        assertThat(held(alice, first).path("admitted").asBoolean()).isFalse();
        Map<String, Object> other = claim(NOW);
        other.put("admitted", true);
        assertThat(held(alice, other).path("admitted").asBoolean())
                .as("another request cannot admit it")
                .isFalse();
        first.put("admitted", true);
        assertThat(held(alice, first).path("admitted").asBoolean()).isTrue();
        assertThat(held(alice, claim(NOW)).path("admitted").asBoolean()).isTrue();
        assertThat(held(alice, claim(NOW.plus(Duration.ofHours(25))))
                        .path("admitted")
                        .asBoolean())
                .isFalse();
    }

    private static org.assertj.core.data.TemporalUnitOffset within() {
        return new org.assertj.core.data.TemporalUnitWithinOffset(1, ChronoUnit.MICROS);
    }

    @Test
    void everyCallerHasKeysOfTheirOwn() {
        HttpProbe bob = new HttpProbe(service.port(), Tokens.of("admin", "bob"));
        Map<String, Object> ofBob = claim(NOW);
        held(alice, claim(NOW));
        assertThat(held(bob, ofBob).path("subject_id").asString())
                .isEqualTo(ofBob.get("subject_id").toString());
    }

    /** Names that would meet if user and project were only written one after the other are among them. */
    @Test
    void everyProjectOfACallerHasKeysOfItsOwn() {
        List<String> tokens = List.of(
                Tokens.of("admin"),
                Tokens.within("alice", "a"),
                Tokens.within("alice", "b"),
                Tokens.within("alice\",\"a", "b"),
                Tokens.within("alice", "a\",\"b"),
                Tokens.within("a", "alice"));
        Set<String> subjects = tokens.stream()
                .map(token -> held(new HttpProbe(service.port(), token), claim(NOW))
                        .path("subject_id")
                        .asString())
                .collect(Collectors.toSet());
        assertThat(subjects).hasSameSizeAs(tokens);
    }

    @Test
    void manyAtOnceAgreeOnOne() {
        List<CompletableFuture<HttpResponse<String>>> answers =
                IntStream.range(0, 40).mapToObj(_ -> post(alice, claim(NOW))).toList();
        Set<String> subjects = answers.stream()
                .map(CompletableFuture::join)
                .peek(answer ->
                        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200))
                .map(answer -> HttpProbe.json(answer).path("subject_id").asString())
                .collect(Collectors.toSet());
        assertThat(subjects).hasSize(1);
    }

    @Test
    void expiredClaimsAreRemoved() {
        held(alice, claim(Instant.parse("2001-01-01T00:00:00Z")));
        Map<String, Object> later = claim(NOW);
        later.put("key", key + "-later");
        held(alice, later);
        assertThat(service.database().number("SELECT count(*) FROM request_claims WHERE key = '" + key + "'"))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "key | ''",
                "key | null",
                "digest | 'abc'",
                "digest | null",
                "subject_id | null",
                "subject_id | 'x'",
                "claimed_at | null",
                "claimed_at | 'now'",
                "expires_at | null",
                "expires_at | '2001-01-01T00:00:00Z'"
            },
            quoteCharacter = '"')
    void anIncompleteClaimIsRefused(String field, String value) {
        Map<String, Object> claim = claim(NOW);
        claim.put(field, value.equals("null") ? null : value.replace("'", ""));
        assertThat(post(alice, claim).join().statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "nonsense", "7"})
    void whatIsNoClaimIsRefused(String body) {
        assertThat(alice.postAsync("/internal/claims", body).join().statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"viewer, 403", "operator, 403", "nobody, 403", "admin, 200", "superadmin, 200"})
    void onlyWhoMayChangeRestoresClaims(String role, int status) {
        assertThat(post(service.http(role), claim(NOW)).join().statusCode()).isEqualTo(status);
    }

    @Test
    void nobodyClaimsWithoutAToken() {
        assertThat(post(new HttpProbe(service.port()), claim(NOW)).join().statusCode())
                .isEqualTo(401);
    }
}
