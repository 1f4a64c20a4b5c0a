package io.vmrestore.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmrestore.openstack.compute.Server;
import io.vmrestore.openstack.compute.ServerQuery;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.volume.Snapshot;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One odd element spoils neither its list nor itself more than it must. */
@CloudTest
class OddElementsTest {
    private static final String SNAPSHOTS = "/v3/" + FakeCloud.PROJECT + "/snapshots/detail";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-01T10:00:00",
                "2026-01-01T10:00:00Z",
                "2026-01-01T10:00:00.000000",
                "2026-01-01T10:00:00.000000Z",
                "2026-01-01T10:00:00+00:00",
                "2026-01-01T12:00:00.000+0200",
                "2026-01-01 10:00:00",
                "2026-01-01 05:00:00-05",
                "2026-01-01T10:00"
            })
    void everyFormOfATimeIsRead(String written, FakeCloud cloud, OpenStack client) {
        assertThat(snapshots(cloud, client, element("created_at", "\"" + written + "\"")))
                .singleElement()
                .extracting(Snapshot::createdAt)
                .isEqualTo(Instant.parse("2026-01-01T10:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "\"yesterday\"", "\"2026-02-31T10:00:00\"", "17", "{}"})
    void whatIsNoTimeIsNotTold(String written, FakeCloud cloud, OpenStack client) {
        assertThat(snapshots(cloud, client, element("created_at", written)))
                .singleElement()
                .extracting(Snapshot::createdAt)
                .isNull();
    }

    @Test
    void oneWithoutIdIsLeftOutAndOneThatIsThereTwiceIsThereOnce(FakeCloud cloud, OpenStack client) {
        String odd = "null, 5, \"text\", {\"name\": \"no id\"}, {\"id\": null}";
        assertThat(snapshots(cloud, client, element("x", "1") + ", " + odd + ", " + element("x", "2")))
                .extracting(Snapshot::id)
                .containsExactly("s1");
    }

    @Test
    void nullsAndNumbersStandWhereTextsShould(FakeCloud cloud, OpenStack client) {
        Snapshot odd = snapshots(cloud, client, "{\"id\": \"s1\", \"name\": 17, \"status\": null, \"size\": \"3\"}")
                .getFirst();
        assertThat(odd.name()).isEqualTo("17");
        assertThat(odd.status()).isEqualTo("unknown");
        assertThat(odd.available()).isFalse();
        assertThat(odd.size()).isEqualTo(3);
        assertThat(snapshots(cloud, client, element("size", "null")).getFirst().size())
                .isNull();
    }

    @Test
    void aNulOrHalfACharacterInATextIsReplaced(FakeCloud cloud, OpenStack client) {
        assertThat(snapshots(cloud, client, element("name", "\"a\\u0000b\\ud800c\\ud83d\\ude00\""))
                        .getFirst()
                        .name())
                .isEqualTo("a\uFFFDb\uFFFDc\uD83D\uDE00");
    }

    @Test
    void aServerOfWhichLittleIsToldIsListed(FakeCloud cloud, OpenStack client) {
        cloud.on("GET", "/v2.1/servers/detail", FakeCloud.json(200, """
            {"servers": [{"id": "a", "status": null, "created": "?"}, {"status": "ACTIVE"}]}\
            """));
        Server odd = client.admin().compute().servers(ServerQuery.all()).getFirst();
        assertThat(odd.status()).isEqualTo("UNKNOWN");
        assertThat(odd.createdAt()).isNull();
        assertThat(odd.userData()).as("not told is not none").isNull();
        assertThat(odd.hostStatus()).isNull();
        assertThat(odd.serverGroupIds()).isNull();
    }

    @Test
    void anAttachmentThatCannotBeReadIsNotLeftOut(FakeCloud cloud, OpenStack client) {
        cloud.on("GET", "/v2.1/servers/a/os-volume_attachments", FakeCloud.json(200, """
            {"volumeAttachments": [{"volumeId": "v", "delete_on_termination": null}, {"device": "/dev/vdb"}]}\
            """));
        assertThatThrownBy(() -> client.admin().compute().attachments("a"))
                .isInstanceOf(CloudException.Unavailable.class)
                .hasMessageContaining("The cloud's answer has no 'volumeId'");
    }

    private static List<Snapshot> snapshots(FakeCloud cloud, OpenStack client, String elements) {
        cloud.on("GET", SNAPSHOTS, FakeCloud.json(200, "{\"snapshots\": [" + elements + "]}"));
        return client.admin().volumes().snapshots();
    }

    private static String element(String field, String value) {
        return "{\"id\": \"s1\", \"status\": \"available\", \"" + field + "\": " + value + "}";
    }
}
