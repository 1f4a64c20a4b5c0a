package io.vmrestore.planner.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.Readiness;
import io.vmrestore.common.contract.RestoreCommand.PlanRestore;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.common.contract.WarningSeverity;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A plan tells of every warning what it means, so that nobody has to guess it from the sentence. */
class WarningSeveritiesTest {
    private SimulatedCloud cloud;

    @BeforeEach
    void start() {
        cloud = new SimulatedCloud();
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    @Test
    void aRestoreThatWillFailAsThingsAreIsNotReady() throws InterruptedException {
        Plan plan = cloud.plan(SimulatedCloud.web(Tenant.A, IpStrategy.SAME_IPS_OR_FAIL));

        assertThat(plan.eligible()).isTrue();
        assertThat(severity(plan, "The restore will fail unless")).isEqualTo(WarningSeverity.BLOCKS);
        assertThat(Readiness.of(plan.eligible(), plan.warningSeverities())).isEqualTo(Readiness.WILL_FAIL);
    }

    @Test
    void whatStaysWithTheOriginalIsTold() throws InterruptedException {
        Plan plan = cloud.plan(SimulatedCloud.web(Tenant.A, IpStrategy.NEW_IPS));

        assertThat(severities(plan)).hasSameSizeAs(plan.warnings()).doesNotContain(WarningSeverity.BLOCKS);
        assertThat(severity(plan, "The MAC address of ")).isEqualTo(WarningSeverity.COSMETIC);
        assertThat(severity(plan, "Not restored: name")).isEqualTo(WarningSeverity.COSMETIC);
        assertThat(severity(plan, "UEFI variables")).isEqualTo(WarningSeverity.CHANGES);
        assertThat(Readiness.of(plan.eligible(), plan.warningSeverities())).isEqualTo(Readiness.READY);
    }

    @Test
    void whatIsLostIsTold() throws InterruptedException {
        Plan plan = cloud.plan(new PlanRestore(
                UUID.randomUUID(),
                Tenant.A.dbServerId(),
                Tenant.A.projectId(),
                Tenant.A.id("snapshot/db-1-daily"),
                RestoreMode.REPLACE,
                null,
                IpStrategy.SAME_IPS_OR_FAIL,
                Instant.parse("2026-11-22T13:14:15Z")));

        assertThat(severities(plan)).hasSameSizeAs(plan.warnings());
        assertThat(severity(plan, "VM \"db-1\" ")).isEqualTo(WarningSeverity.LOSES);
        assertThat(severity(plan, "Data volumes are detached")).isEqualTo(WarningSeverity.LOSES);
        assertThat(severity(plan, "The old boot volume ")).isEqualTo(WarningSeverity.CHANGES);
    }

    private static List<WarningSeverity> severities(Plan plan) {
        return Objects.requireNonNull(plan.warningSeverities());
    }

    private static WarningSeverity severity(Plan plan, String beginning) {
        List<String> warnings = plan.warnings();
        for (int index = 0; index < warnings.size(); index++) {
            if (warnings.get(index).startsWith(beginning)) {
                return severities(plan).get(index);
            }
        }
        throw new AssertionError("No warning begins with '" + beginning + "': " + warnings);
    }
}
