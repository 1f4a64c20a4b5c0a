package io.vmrestore.executor.step.createserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.BootMode;
import io.vmrestore.common.contract.Carried;
import io.vmrestore.common.contract.Difference;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.RestoreResult;
import io.vmrestore.executor.step.RestoreFixture;
import io.vmrestore.simulator.cloud.compute.Server;
import io.vmrestore.simulator.faults.Fault;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

/** VMs whose metadata, tags and descriptions leave little room: the user's own all come back. */
@Timeout(60)
class FittingServerTest {
    private static final String WEB = RestoreFixture.TENANT.webServerId();

    private final RestoreFixture restore = new RestoreFixture();

    @AfterEach
    void close() {
        restore.close();
    }

    @Test
    void fiftyTagsComeBackAndTheServerIsFoundMeanwhile() throws InterruptedException {
        List<String> tags =
                IntStream.range(0, 50).mapToObj(tag -> "t%02d".formatted(tag)).toList();
        restore.change((cloud, owner) -> cloud.servers().setTags(owner, WEB, tags));
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);

        RestoreResult result = restored(plan);

        assertThat(server(result).spec().tags()).containsExactlyInAnyOrderElementsOf(tags);
        assertThat(result.differences()).extracting(Difference::field).doesNotContain("tags");
    }

    @Test
    void fullMetadataComesBackWithoutAnyOfOurs() throws InterruptedException {
        Map<String, String> items = new HashMap<>();
        IntStream.range(0, 128).forEach(item -> items.put("k" + item, "v"));
        restore.change((cloud, owner) -> cloud.servers().setMetadata(owner, WEB, items));
        Plan plan = with(
                restore.webPlan(IpStrategy.NEW_IPS),
                List.of(
                        "metadata.restore_mark",
                        "metadata.restored_from_owner",
                        "metadata.restored_from_key",
                        "metadata.restored_from_volume",
                        "metadata.restored_from_server",
                        "metadata.restored_from_snapshot"));
        String volumeId = restore.createVolume(plan);
        List<String> portIds = restore.createPorts(plan);
        restore.simulator.faults().once("POST .*/servers$", new Fault.LoseAnswer());

        String id = restore.createServer(plan, volumeId, portIds);

        assertThat(restore.server(id).orElseThrow().spec().metadata()).isEqualTo(items);
        assertThat(restore.createServer(plan, volumeId, portIds)).isEqualTo(id);
    }

    @Test
    void aServerThatOnlyCopiedTheTagIsNotTakenForOurs() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        String tag = "restore:" + restore.mark(restore.serverStep(plan)).replace('/', ':');
        restore.change((cloud, owner) -> {
            cloud.servers().setTags(owner, WEB, List.of(tag));
            cloud.servers().setMetadata(owner, WEB, Map.of("restored_from_owner", "another"));
        });

        RestoreResult result = restored(plan);

        assertThat(result.serverId()).isNotEqualTo(WEB);
        assertThat(restore.server(WEB)).isPresent();
    }

    @Test
    void aZoneThatIsLeftOutIsNotSent() throws InterruptedException {
        restore.simulator
                .faults()
                .always(
                        "^" + WEB + "$",
                        new Fault.OddField(
                                "server",
                                "OS-EXT-AZ:availability_zone",
                                JsonMapper.shared().readTree("\"rack-7\"")));
        Plan plan = with(restore.webPlan(IpStrategy.NEW_IPS), List.of("availability_zone"));

        RestoreResult result = restored(plan);

        assertThat(result.differences()).contains(new Difference("availability_zone", "rack-7", "nova"));
    }

    @Test
    void volumeMetadataDescriptionAndAPortThatIsDownAreCarried() throws InterruptedException {
        odd(
                RestoreFixture.TENANT.id("volume/web-1-boot"),
                "volume",
                "metadata",
                "{\"snapshot_policies\": \"daily_5\"}");
        odd(RestoreFixture.TENANT.id("volume/web-1-boot"), "volume", "description", "\"The user's words\"");
        odd(RestoreFixture.TENANT.id("port/web-1-0"), "port", "admin_state_up", "false");
        odd(RestoreFixture.TENANT.id("volume/web-1-boot"), "volumeAttachment", "tag", "\"root\"");
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        assertThat(plan.carried().bootDiskTag()).isEqualTo("root");

        RestoreResult result = restored(plan);

        var volume = restore.volume(result.volumeId()).orElseThrow();
        assertThat(volume.spec().metadata()).containsEntry("snapshot_policies", "daily_5");
        assertThat(volume.spec().description()).isEqualTo("The user's words");
        assertThat(restore.port(result.portIds().getFirst())
                        .orElseThrow()
                        .settings()
                        .adminStateUp())
                .isFalse();
        assertThat(result.differences())
                .extracting(Difference::field)
                .doesNotContain(
                        "boot_disk_tag",
                        "volume.description",
                        "volume.metadata.snapshot_policies",
                        "nics[0].admin_state_up");
    }

    private void odd(String id, String kind, String field, String json) {
        restore.simulator
                .faults()
                .always(
                        "^" + id + "$",
                        new Fault.OddField(kind, field, JsonMapper.shared().readTree(json)));
    }

    private RestoreResult restored(Plan plan) throws InterruptedException {
        String volumeId = restore.createVolume(plan);
        List<String> portIds = restore.createPorts(plan);
        String serverId = restore.createServer(plan, volumeId, portIds);
        restore.waitActive(plan, serverId);
        return restore.finish(plan, serverId, volumeId, portIds);
    }

    private Server server(RestoreResult result) {
        return restore.server(result.serverId()).orElseThrow();
    }

    private static Plan with(Plan plan, List<String> leftOut) {
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
                new Carried(leftOut, null, null, Map.of(), null, List.of(), null, Map.of()),
                BootMode.VOLUME,
                null,
                plan.userData());
    }
}
