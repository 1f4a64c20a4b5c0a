package io.vmrestore.planner.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.Failure;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.RestoreEvent.PlanCreated;
import io.vmrestore.common.contract.RestoreEvent.PlanRejected;
import io.vmrestore.common.contract.RestoreEvent.RestoreInterrupted;
import io.vmrestore.common.contract.Sealed;
import io.vmrestore.common.contract.SecretAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The secret of a restore is destroyed when nothing may need it any more. */
class DestroyedSecretsTest extends DispatchFixture {

    @Test
    void thirtyDaysAfterItsEndThoughTheRestoreIsForgottenBefore() {
        Restore restore = withUserData("vm-1");
        end(restore);
        dispatch.pass(Duration.ofDays(2));
        assertThat(dispatch.stored()).as("forgotten").isZero();
        dispatch.pass(Duration.ofDays(27));
        assertThat(dispatch.destroyed()).isEmpty();
        dispatch.pass(Duration.ofDays(2));
        assertThat(dispatch.destroyed()).containsExactly(restore.jobId());
        dispatch.pass(Duration.ofDays(2));
        assertThat(dispatch.destroyed()).as("once").isEmpty();
    }

    @Test
    void alsoIfDispatchWasStartedAnewMeanwhile() {
        Restore restore = withUserData("vm-1");
        end(restore);
        dispatch.pass(Duration.ofDays(2));
        dispatch.restart();
        dispatch.pass(Duration.ofDays(29));
        assertThat(dispatch.destroyed()).containsExactly(restore.jobId());
    }

    @Test
    void notWhileTheRestoreIsAtWork() {
        Restore restore = withUserData("vm-1");
        dispatch.pass(Duration.ofHours(1));
        assertThat(dispatch.destroyed()).isEmpty();
        end(restore);
    }

    @Test
    void ofAPlanThatNobodyKnowsAsWell() {
        Restore restore = Restore.of("vm-1");
        dispatch.send(restore.requested(DispatchDriver.START));
        dispatch.send(new PlanRejected(
                restore.jobId(), "vm-1", DispatchDriver.START, Failure.of(FailureKind.VM_NOT_FOUND, "gone")));
        dispatch.pass(Duration.ofDays(31));
        assertThat(dispatch.destroyed())
                .as("a planner that died may have kept it")
                .containsExactly(restore.jobId());
    }

    @Test
    void whatHasNoSecretNeedsNoTombstone() {
        Restore restore = planned("vm-1");
        end(restore);
        dispatch.pass(Duration.ofDays(31));
        assertThat(dispatch.destroyed()).isEmpty();
    }

    private Restore withUserData(String vmId) {
        Restore restore = Restore.of(vmId);
        dispatch.send(restore.requested(DispatchDriver.START));
        PlanCreated planned = restore.planned(DispatchDriver.START);
        dispatch.send(new PlanCreated(
                planned.jobId(),
                planned.vmId(),
                planned.time(),
                planned.plan().withUserData(Sealed.at(new SecretAddress(3, 14), 20))));
        return restore;
    }

    private void end(Restore restore) {
        dispatch.send(new RestoreInterrupted(restore.jobId(), restore.vmId(), dispatch.clock.instant(), "test", null));
    }
}
