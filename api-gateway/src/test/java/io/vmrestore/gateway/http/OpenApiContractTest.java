package io.vmrestore.gateway.http;

import static io.vmrestore.gateway.http.ServedDocument.schema;
import static io.vmrestore.gateway.http.ServedDocument.strings;
import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.codec.DeadLetter;
import io.vmrestore.common.codec.Json;
import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.AddressPair;
import io.vmrestore.common.contract.AttachedVolume;
import io.vmrestore.common.contract.BootMode;
import io.vmrestore.common.contract.Difference;
import io.vmrestore.common.contract.Failure;
import io.vmrestore.common.contract.Fingerprint;
import io.vmrestore.common.contract.FixedIp;
import io.vmrestore.common.contract.FlavorInfo;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.NicPlan;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.PlanStep;
import io.vmrestore.common.contract.QuotaLine;
import io.vmrestore.common.contract.Readiness;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.common.contract.RestorePoint;
import io.vmrestore.common.contract.RestoreResult;
import io.vmrestore.common.contract.SourceServer;
import io.vmrestore.common.contract.SourceVolume;
import io.vmrestore.common.contract.WarningSeverity;
import io.vmrestore.support.api.ProjectList;
import io.vmrestore.support.api.ProjectSummary;
import io.vmrestore.support.api.Reference;
import io.vmrestore.support.api.RestorePointList;
import io.vmrestore.support.api.RestorePointSummary;
import io.vmrestore.support.api.SnapshotList;
import io.vmrestore.support.api.SnapshotSummary;
import io.vmrestore.support.api.VmAddresses;
import io.vmrestore.support.api.VmList;
import io.vmrestore.support.api.VmSummary;
import io.vmrestore.support.problem.ProblemKind;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The OpenAPI document describes the values and records of the contract, all of them and as they are. */
class OpenApiContractTest {
    @Test
    void listsEveryKindOfProblem() {
        assertThat(strings(schema("ProblemType").path("enum")))
                .isEqualTo(Arrays.stream(ProblemKind.values())
                        .map(kind -> kind.type().toString())
                        .toList());
    }

    @Test
    void listsTheValuesOfTheContract() {
        assertThat(strings(schema("JobStatus").path("enum"))).isEqualTo(names(JobStatus.values()));
        assertThat(strings(schema("RestoreMode").path("enum"))).isEqualTo(names(RestoreMode.values()));
        assertThat(strings(schema("IpStrategy").path("enum"))).isEqualTo(names(IpStrategy.values()));
        assertThat(strings(schema("WarningSeverity").path("enum"))).isEqualTo(names(WarningSeverity.values()));
        assertThat(strings(schema("Readiness").path("enum"))).isEqualTo(names(Readiness.values()));
        assertThat(schema("BootMode").path("enum")).isEqualTo(Json.MAPPER.valueToTree(BootMode.values()));
        assertThat(strings(schema("Action").path("enum")))
                .isEqualTo(Arrays.stream(Action.values()).map(Action::wireName).toList());
    }

    static Stream<Class<? extends Record>> recordsOfTheContract() {
        return Stream.of(
                Plan.class,
                SourceServer.class,
                FlavorInfo.class,
                SourceVolume.class,
                AttachedVolume.class,
                RestorePoint.class,
                NicPlan.class,
                FixedIp.class,
                AddressPair.class,
                QuotaLine.class,
                PlanStep.class,
                Fingerprint.class,
                RestoreResult.class,
                Difference.class,
                Failure.class,
                Resource.class,
                ProjectList.class,
                ProjectSummary.class,
                Reference.class,
                VmList.class,
                VmSummary.class,
                VmAddresses.class,
                SnapshotList.class,
                SnapshotSummary.class,
                RestorePointList.class,
                RestorePointSummary.class,
                DeadLetter.class);
    }

    @ParameterizedTest
    @MethodSource("recordsOfTheContract")
    void describesTheContractsRecords(Class<? extends Record> type) {
        Set<String> expected = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .map(name -> name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
        // The status service keeps it back: only executors need it.
        expected.remove("public_key");
        assertThat(new TreeSet<>(schema(type.getSimpleName()).path("properties").propertyNames()))
                .isEqualTo(expected);
    }

    private static List<String> names(Enum<?>[] values) {
        return Arrays.stream(values).map(Enum::name).toList();
    }
}
