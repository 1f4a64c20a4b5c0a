package io.vmrestore.gateway.testing;

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
        return answer.expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:vm-restore:problem:" + kind)
                .jsonPath("$.detail")
                .isEqualTo(detail);
    }
}
