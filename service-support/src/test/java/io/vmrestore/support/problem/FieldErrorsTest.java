package io.vmrestore.support.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FieldErrorsTest {

    @Test
    void namesTwentyAndCountsTheRest() {
        Problem problem = Problem.of(ProblemKind.INVALID_REQUEST, errors(1000));
        assertThat(problem.errors()).hasSize(20).startsWith(FieldError.ofField("field-0", "is wrong"));
        assertThat(problem.members()).containsEntry("more_errors", 980);
        assertThat(problem.detail())
                .endsWith("/field-19 is wrong; and 980 more.")
                .hasSizeLessThan(1000);
    }

    @Test
    void namesTwentyWithoutMore() {
        Problem problem = Problem.of(ProblemKind.INVALID_REQUEST, errors(20));
        assertThat(problem.errors()).hasSize(20);
        assertThat(problem.members()).isEmpty();
        assertThat(problem.detail()).endsWith("/field-19 is wrong.");
    }

    private static List<FieldError> errors(int number) {
        return IntStream.range(0, number)
                .mapToObj(index -> FieldError.ofField("field-" + index, "is wrong"))
                .toList();
    }
}
