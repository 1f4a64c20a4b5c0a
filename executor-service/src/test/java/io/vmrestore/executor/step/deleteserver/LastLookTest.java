package io.vmrestore.executor.step.deleteserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.BootMode;
import io.vmrestore.common.contract.Failure;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.executor.attempt.StepFailure;
import io.vmrestore.executor.step.RestoreFixture;
import io.vmrestore.executor.step.SamplePlans;
import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.identity.Caller;
import io.vmrestore.simulator.cloud.network.FloatingIp;
import io.vmrestore.simulator.faults.Fault;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What changes while the volume is made is seen by the last look before the deletion, and the original stays. */
@Timeout(60)
class LastLookTest {
    private static final String WEB = RestoreFixture.TENANT.webServerId();

    private final RestoreFixture restore = new RestoreFixture();

    @AfterEach
    void close() {
        restore.close();
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                change("its name", (cloud, owner) -> cloud.servers().rename(owner, WEB, "renamed", null)),
                change("its description", (cloud, owner) -> cloud.servers().rename(owner, WEB, null, "changed")),
                change(
                        "its metadata (role, added)",
                        (cloud, owner) -> cloud.servers()
                                .setMetadata(owner, WEB, Map.of("role", "db", "added", "x", "backup", "daily"))),
                change("its tags", (cloud, owner) -> cloud.servers().setTags(owner, WEB, List.of("other"))));
    }

    private static Arguments change(String told, BiConsumer<Cloud, Caller> change) {
        return Arguments.of(told, change);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void aCarriedFieldThatChanged(String told, BiConsumer<Cloud, Caller> change) throws InterruptedException {
        Plan plan = restore.plans.webReplacement(IpStrategy.TRY_SAME_IPS);
        restore.change(change);

        List<String> words = List.of(told.split("[(), ]+"));
        assertThat(words)
                .allSatisfy(word -> assertThat(outdated(Action.DELETE_SERVER, SamplePlans.deletion(plan)))
                        .contains(word));
        assertThat(words)
                .allSatisfy(word -> assertThat(outdated(Action.VALIDATE, new StepTask.Validate(plan.withoutUserData())))
                        .contains(word));
    }

    @ParameterizedTest
    @MethodSource("oddities")
    void aFieldThatTheCloudShowsOtherwise(String told, String match, String of, String field, String json)
            throws InterruptedException {
        Plan plan = restore.plans.webReplacement(IpStrategy.TRY_SAME_IPS);
        odd(match, of, field, json);

        assertThat(outdated(Action.DELETE_SERVER, SamplePlans.deletion(plan))).contains(told);
    }

    static Stream<Arguments> oddities() {
        String port = RestoreFixture.TENANT.id("port/web-1-0");
        String volume = RestoreFixture.TENANT.id("volume/web-1-boot");
        return Stream.of(
                Arguments.of("its availability zone", WEB, "server", "OS-EXT-AZ:availability_zone", "\"rack-7\""),
                Arguments.of("its user_data", WEB, "server", "OS-EXT-SRV-ATTR:user_data", "\"I2Nsb3Vk\""),
                Arguments.of("which of its ports are down", port, "port", "admin_state_up", "false"),
                Arguments.of("the tags of interface 0", port, "port", "tags", "[\"other\"]"),
                Arguments.of("the security groups of interface 0", port, "port", "security_groups", "[]"),
                Arguments.of(
                        "the metadata of its boot volume (\"policy\")",
                        volume,
                        "volume",
                        "metadata",
                        "{\"policy\":\"x\"}"),
                Arguments.of("the description of its boot volume", volume, "volume", "description", "\"other\""));
    }

    @Test
    void aFloatingIpThatWasAdded() throws InterruptedException {
        Plan plan = restore.plans.webReplacement(IpStrategy.TRY_SAME_IPS);
        restore.change((cloud, owner) -> cloud.floatingIps()
                .add(new FloatingIp(
                        "00000000-0000-4000-8000-0000000000f1",
                        RestoreFixture.TENANT.projectId(),
                        "outside",
                        "203.0.113.9",
                        plan.nics().getFirst().sourcePortId(),
                        "10.10.0.10",
                        1,
                        Instant.EPOCH,
                        Instant.EPOCH)));

        assertThat(outdated(Action.DELETE_SERVER, SamplePlans.deletion(plan)))
                .contains("the floating IPs of interface 0");
    }

    @Test
    void aLimitThatWasLoweredBelowWhatTheVmHas() throws InterruptedException {
        Map<String, String> items = new HashMap<>();
        IntStream.range(0, 20).forEach(item -> items.put("k" + item, "v"));
        restore.change((cloud, owner) -> cloud.servers().setMetadata(owner, WEB, items));
        Plan plan = restore.plans.webReplacement(IpStrategy.TRY_SAME_IPS);
        restore.change((cloud, owner) -> cloud.servers()
                .limits()
                .quotas()
                .change(RestoreFixture.TENANT.projectId(), Map.of("metadata_items", 22)));

        assertThat(outdated(Action.DELETE_SERVER, SamplePlans.deletion(plan)))
                .contains("the cloud would refuse what it asks for: The cloud allows 22 metadata items");
    }

    @Test
    void aQuotaThatWasLoweredBelowWhatIsUsed() throws InterruptedException {
        Plan plan = restore.plans.webReplacement(IpStrategy.TRY_SAME_IPS);
        restore.change((cloud, owner) ->
                cloud.servers().limits().quotas().change(RestoreFixture.TENANT.projectId(), Map.of("instances", 1)));

        Failure failure = refused(Action.DELETE_SERVER, SamplePlans.deletion(plan));

        assertThat(failure.kind()).isEqualTo(FailureKind.QUOTA_EXCEEDED);
        assertThat(failure.message()).startsWith("Quota instances leaves no room: ");
        assertThat(restore.server(WEB)).isPresent();
    }

    @Test
    void aNameThatNovaRefusesIsProvenAlsoForAPlanOfAnEarlierRelease() throws InterruptedException {
        restore.change((cloud, owner) -> cloud.servers().rename(owner, WEB, "legacy ", null));
        Plan plan = restore.plans.webReplacement(IpStrategy.TRY_SAME_IPS);

        assertThat(outdated(Action.DELETE_SERVER, SamplePlans.deletion(earlier(plan))))
                .contains("Nova would refuse the name of the VM");
    }

    @Test
    void aPlanOfAnEarlierReleaseIsCarriedOut() throws InterruptedException {
        Plan plan = earlier(restore.plans.webReplacement(IpStrategy.TRY_SAME_IPS));

        restore.run(1, Action.VALIDATE, new StepTask.Validate(plan.withoutUserData()));
        restore.run(4, Action.DELETE_SERVER, SamplePlans.deletion(plan));

        assertThat(restore.server(WEB)).isEmpty();
    }

    private static Plan earlier(Plan plan) {
        return new Plan(
                plan.mode(),
                plan.ipStrategy(),
                plan.projectId(),
                plan.projectName(),
                plan.newName(),
                plan.volumeName(),
                plan.server(),
                plan.restorePoint(),
                plan.nics(),
                plan.quota(),
                plan.eligible(),
                plan.reasons(),
                plan.warnings(),
                plan.steps(),
                plan.fingerprint(),
                null,
                BootMode.VOLUME,
                null,
                plan.userData());
    }

    private void odd(String match, String of, String field, String json) {
        JsonNode value = JsonMapper.shared().readTree(json);
        restore.simulator.faults().always("^" + match + "$", new Fault.OddField(of, field, value));
    }

    private String outdated(Action action, StepTask task) {
        Failure failure = refused(action, task);
        assertThat(failure.kind()).isEqualTo(FailureKind.PLAN_OUTDATED);
        assertThat(restore.server(WEB)).isPresent();
        return failure.message();
    }

    private Failure refused(Action action, StepTask task) {
        StepFailure failure = catchThrowableOfType(StepFailure.class, () -> restore.run(4, action, task));
        assertThat(failure).as("%s is refused", action).isNotNull();
        assertThat(failure.retryable()).isFalse();
        return failure.failure();
    }
}
