package io.vmrestore.gateway.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.support.problem.ProblemException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class CrowdTest {
    private final Crowd crowd = new Crowd(3);

    private Throwable refusal(String project) {
        return crowd.joins(project, Mono.just("list"))
                .map(answered -> (Throwable) new AssertionError(answered))
                .onErrorResume(Mono::just)
                .block();
    }

    @Test
    void ofOneProjectLeavesRoomForOthers() {
        Sinks.One<String> slow = Sinks.one();
        List<Disposable> waiting = IntStream.range(0, 3)
                .mapToObj(_ -> crowd.joins("slow", slow.asMono()).subscribe())
                .toList();

        assertThat(refusal("slow")).isInstanceOfSatisfying(ProblemException.class, refused -> {
            assertThat(refused.problem().kind().status().value()).isEqualTo(503);
            assertThat(refused.problem().detail())
                    .isEqualTo("3 requests wait already for what there is in project slow, which its part of the cloud"
                            + " is slow to tell; try again.");
            assertThat(refused.problem().headers()).containsEntry("Retry-After", "5");
        });
        assertThat(crowd.joins("other", Mono.just("list")).block()).isEqualTo("list");

        waiting.getFirst().dispose();
        assertThat(crowd.joins("slow", Mono.just("list")).block())
                .as("who goes away leaves room")
                .isEqualTo("list");
        slow.tryEmitValue("list");
        assertThat(crowd.projects()).isZero();
    }

    @Test
    void isLeftByWhoGetsAnError() {
        for (int request = 0; request < 10; request++) {
            Throwable told = crowd.joins("broken", Mono.<String>error(new IllegalStateException("no")))
                    .map(answered -> (Throwable) new AssertionError(answered))
                    .onErrorResume(Mono::just)
                    .block();
            assertThat(told).isInstanceOf(IllegalStateException.class);
        }
        assertThat(crowd.projects()).isZero();
    }
}
