package io.vmrestore.common.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Only what the record itself is the reason of lasts. */
class PublishFailureTest {

    @ParameterizedTest
    @MethodSource("lasting")
    void lasts(Throwable failure) {
        assertThat(PublishFailure.lasting(failure)).isTrue();
        assertThat(PublishFailure.lasting(new ExecutionException("wrapped", failure)))
                .isTrue();
        assertThat(PublishFailure.reason(new ExecutionException("wrapped", failure)))
                .isEqualTo(failure.getMessage());
    }

    static Stream<Throwable> lasting() {
        return Stream.of(
                new RecordTooLargeException("larger than max.request.size"),
                new SerializationException("no bytes"),
                new UnpublishableException("too much"));
    }

    @ParameterizedTest
    @MethodSource("passing")
    void passes(Throwable failure) {
        assertThat(PublishFailure.lasting(new ExecutionException(failure))).isFalse();
    }

    static Stream<Throwable> passing() {
        return Stream.of(
                new org.apache.kafka.common.errors.TimeoutException("60000 ms"),
                new TimeoutException(),
                new DisconnectException(),
                new NotLeaderOrFollowerException("moved"),
                new AuthorizationException("not yet allowed"));
    }
}
