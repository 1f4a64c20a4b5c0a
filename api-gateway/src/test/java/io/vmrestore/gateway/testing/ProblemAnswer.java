package io.vmrestore.gateway.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.BodyContentSpec;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** Expects that an answer is a problem. */
public final class ProblemAnswer {
    private ProblemAnswer() {}

    /**
     * A problem of this kind, such as {@code wrong-state}, in these words; what else it says is for the caller to look
     * at.
     */
    public static BodyContentSpec problem(ResponseSpec answer, int status, String kind, String detail) {
        return problem(answer, status, kind).jsonPath("$.detail").isEqualTo(detail);
    }

    /** A problem of this kind, in words that match the pattern as a whole. */
    public static BodyContentSpec problemMatching(ResponseSpec answer, int status, String kind, String pattern) {
        return problem(answer, status, kind)
                .jsonPath("$.detail")
                .value(String.class, detail -> assertThat(detail).matches(pattern));
    }

    private static BodyContentSpec problem(ResponseSpec answer, int status, String kind) {
        return answer.expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:vm-restore:problem:" + kind);
    }
}
