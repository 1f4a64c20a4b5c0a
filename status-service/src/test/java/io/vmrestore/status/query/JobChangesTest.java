package io.vmrestore.status.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;

class JobChangesTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final JobChanges changes = new JobChanges(registry);

    private double waiting() {
        return registry.get("restore.status.waiting").gauge().value();
    }

    @Test
    void forgetWhoGoesAway() {
        Disposable reader = changes.of(UUID.randomUUID()).subscribe();
        assertThat(waiting()).isEqualTo(1);
        reader.dispose();
        assertThat(waiting()).isZero();
    }

    @Test
    void forgetWhoGoesAwayBeforeTheFirstLook() {
        changes.of(UUID.randomUUID()).subscribe(new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                cancel();
            }
        });
        assertThat(waiting()).isZero();
    }
}
