package io.vmrestore.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vmrestore.common.retry.Backoff;
import io.vmrestore.common.time.Chance;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.embedded.testing.Seeds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

/**
 * The real poller, its bookkeeping and its threads against a group that accidents happen to. {@link GroupWorld} checks
 * at every commit that nothing is acknowledged before it is published, and at every publication that it is still the
 * member's to publish; in the end nothing may be lost.
 */
class PollerModelTest {
    private static final int SEEDS = 60;
    private static final Backoff BACKOFF = Backoff.scattered(Duration.ofMillis(1), Duration.ofMillis(4));

    @Test
    void losesNothingAndAcknowledgesNothingBeforeItIsPublished() {
        Seeds.each(getClass(), SEEDS, seed -> {
            GroupWorld world = new GroupWorld(seed);
            while (!world.over()) {
                live(world);
            }
            world.checkNothingIsLost();
        });
    }

    /** One consumer from its birth to its end, however that comes. */
    private static void live(GroupWorld world) {
        IntakeSettings settings = new IntakeSettings(
                "model",
                List.of(GroupWorld.TOPIC),
                Map.of("bootstrap.servers", "none", "group.id", "none"),
                GroupWorld.WINDOW,
                Duration.ofMillis(50));
        IntakeMeters meters = new IntakeMeters(new SimpleMeterRegistry(), "model", TimeSource.system());
        MemberConsumer member = world.join();
        Poller poller = new Poller(
                settings,
                member.consumer(),
                world,
                BACKOFF,
                meters,
                world.closing,
                TimeSource.system(),
                Chance.system(),
                Duration.ofMillis(1));
        try {
            poller.run();
        } catch (KafkaException | GroupWorld.Killed accident) {
            assertThat(world.over()).as("an accident is no end").isFalse();
        }
    }
}
