package io.vmrestore.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmrestore.common.time.TimeSource;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PartitionProgressTest {
    private static final TopicPartition PARTITION = new TopicPartition("commands", 0);

    private final PartitionProgress progress = new PartitionProgress(PARTITION, new Contact(TimeSource.system()));

    @Test
    void nothingIsCommittableBeforeTheFirstRecordIsDone() {
        assertThat(progress.committable()).isEmpty();
        progress.delivered(5, 0);
        progress.delivered(6, 0);
        progress.answered(6);
        assertThat(progress.committable()).isEmpty();
    }

    @Test
    void aSlowRecordHoldsTheCommitAndNothingElse() {
        progress.delivered(5, 0);
        progress.delivered(6, 0);
        progress.delivered(8, 0);
        progress.answered(5);
        progress.answered(8);
        assertThat(progress.committable()).hasValue(6);
        assertThat(progress.inFlight()).isEqualTo(1);
        progress.answered(6);
        assertThat(progress.committable()).hasValue(9);
    }

    @Test
    void whatIsCommittedIsNotCommittedAgain() {
        progress.delivered(5, 0);
        progress.answered(5);
        progress.committed(6);
        assertThat(progress.committable()).isEmpty();
    }

    @Test
    void aRevokedAssignmentCommitsNothing() {
        progress.delivered(5, 0);
        progress.revoke();
        progress.answered(5);
        assertThat(progress.committable()).isEmpty();
        assertThat(progress.current()).isFalse();
        assertThatThrownBy(progress::requireCurrent)
                .isInstanceOf(RevokedException.class)
                .hasMessage("The record's partition is no longer assigned to this intake");
    }

    @Test
    void aPartitionThatComesBackIsAnotherAssignment() {
        Partitions partitions = new Partitions(new Contact(TimeSource.system()));
        partitions.assign(Set.of(PARTITION));
        PartitionProgress first = partitions.delivered(PARTITION, 5, 0);
        partitions.revoke(Set.of(PARTITION));
        partitions.assign(Set.of(PARTITION));
        PartitionProgress second = partitions.delivered(PARTITION, 5, 0);
        first.answered(5);
        assertThat(partitions.committable().isEmpty()).isTrue();
        assertThat(partitions.inFlight()).isEqualTo(1);
        second.answered(5);
        assertThat(partitions.committable().positions())
                .containsEntry(second, 6L)
                .hasSize(1);
    }

    @Test
    void theOldestIsTheOneDeliveredFirst() {
        Partitions partitions = new Partitions(new Contact(TimeSource.system()));
        partitions.assign(Set.of(PARTITION, new TopicPartition("commands", 1)));
        partitions.delivered(PARTITION, 5, 200);
        PartitionProgress other = partitions.delivered(new TopicPartition("commands", 1), 0, 100);
        assertThat(partitions.oldestNanoTime()).hasValue(100);
        other.answered(0);
        assertThat(partitions.oldestNanoTime()).hasValue(200);
    }

    @Test
    void recordsOfAPartitionThatIsNotAssignedAreAnError() {
        assertThatThrownBy(() -> new Partitions(new Contact(TimeSource.system())).delivered(PARTITION, 5, 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("A record of commands-0 was delivered, which is not assigned");
    }

    @Test
    void offsetsGrow() {
        progress.delivered(5, 0);
        assertThatThrownBy(() -> progress.delivered(5, 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Offset 5 of commands-0 was delivered after 6");
    }

    @Test
    void onlyAContactOfTheLastSecondsConfirmsTheAssignment() throws InterruptedException {
        Contact contact = new Contact(TimeSource.system());
        PartitionProgress assignment = new PartitionProgress(PARTITION, contact);
        // As after a freeze: the clock went on, the contact is old.
        contact.made(System.nanoTime() - Duration.ofSeconds(6).toNanos());
        CountDownLatch confirmed = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> {
            try {
                assignment.requireConfirmed();
                confirmed.countDown();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(confirmed.await(50, TimeUnit.MILLISECONDS)).isFalse();
        contact.made(System.nanoTime());
        assertThat(confirmed.await(10, TimeUnit.SECONDS)).isTrue();

        assignment.revoke();
        assertThatThrownBy(assignment::requireConfirmed).isInstanceOf(RevokedException.class);
    }
}
