package io.vmrestore.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.openstack.FakeCloud.Request;
import io.vmrestore.openstack.compute.Server;
import io.vmrestore.openstack.compute.ServerQuery;
import io.vmrestore.openstack.identity.Project;
import io.vmrestore.openstack.network.Port;
import io.vmrestore.openstack.volume.Snapshot;
import io.vmrestore.openstack.volume.Volume;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lists: all pages, and nothing that a filter should have kept away. */
@CloudTest
class ListsTest {

    private static final String SNAPSHOTS = "/v3/" + FakeCloud.PROJECT + "/snapshots/detail";
    private static final String VOLUMES = "/v3/" + FakeCloud.PROJECT + "/volumes/detail";

    @Test
    void everyPageIsRead(FakeCloud cloud, OpenStack client) {
        cloud.on(
                "GET",
                SNAPSHOTS,
                FakeCloud.recorded("cinder/023-snapshots-page-1"),
                FakeCloud.recorded("cinder/024-snapshots-page-2"),
                FakeCloud.recorded("cinder/027-snapshots-page-empty"));
        List<Snapshot> snapshots = client.admin().volumes().snapshots();

        assertThat(snapshots).hasSize(4).extracting(Snapshot::id).doesNotHaveDuplicates();
        assertThat(snapshots)
                .isSortedAccordingTo(Comparator.comparing(Snapshot::createdAt).reversed());
        assertThat(cloud.requests("GET", SNAPSHOTS))
                .extracting(Request::query)
                .containsExactly(
                        null,
                        "marker=def04361-4f2c-4b52-b9d7-975e2e3c2d63",
                        "marker=40f30763-3b6a-4d1a-8554-a6b82ddbf72b");
    }

    @Test
    void aLinkToAnEmptyPageEndsTheList(FakeCloud cloud, OpenStack client) {
        String link = "{\"servers\":[%s],\"servers_links\":[{\"rel\":\"next\",\"href\":"
                + "\"http://10.255.255.1:8774/v2.1/servers/detail?limit=1&marker=x\"}]}";
        cloud.on(
                "GET",
                "/v2.1/servers/detail",
                FakeCloud.json(
                        200,
                        link.formatted("{\"id\":\"x\",\"status\":\"ACTIVE\",\"created\":\"2026-11-22T15:41:04Z\"}")),
                FakeCloud.json(200, "{\"servers\":[]}"));
        assertThat(client.admin().compute().servers(ServerQuery.all()))
                .extracting(Server::id)
                .containsExactly("x");
        assertThat(cloud.requests("GET", "/v2.1/servers/detail")).hasSize(2);
    }

    @Test
    void keystonesOwnLinksAreFollowedToo(FakeCloud cloud, OpenStack client) {
        String page = "{\"projects\":[{\"id\":\"%s\",\"name\":\"%s\",\"description\":\"about %s\",\"domain_id\":\"d1\","
                + "\"enabled\":%s}],\"links\":{\"next\":%s,\"self\":\"http://x\",\"previous\":null}}";
        cloud.on(
                "GET",
                "/v3/projects",
                FakeCloud.json(200, page.formatted("1", "zoo", "it", "true", "\"http://x/v3/projects?marker=1\"")),
                FakeCloud.json(200, page.formatted("2", "ant", "it", "false", "null")));
        assertThat(client.identity().projects())
                .containsExactly(
                        new Project("2", "ant", "about it", "d1", false),
                        new Project("1", "zoo", "about it", "d1", true));
        assertThat(cloud.requests("GET", "/v3/projects"))
                .extracting(Request::query)
                .containsExactly(null, "marker=1");
    }

    @Test
    void aCloudThatIgnoresMarkersDoesNotHoldUsForEver(FakeCloud cloud, OpenStack client) {
        cloud.on("GET", SNAPSHOTS, FakeCloud.recorded("cinder/023-snapshots-page-1"));
        client.admin().volumes().snapshots();
        assertThat(cloud.requests("GET", SNAPSHOTS)).hasSize(2);
    }

    @Test
    void anIgnoredMetadataFilterIsAppliedHere(FakeCloud cloud, OpenStack client) {
        cloud.on("GET", VOLUMES, FakeCloud.recorded("cinder/047-volumes-detail"));
        assertThat(client.admin().volumes().volumes()).hasSizeGreaterThan(1);
        List<Volume> found = client.admin().volumes().volumesMarked("seed", "no-such-mark");
        assertThat(found).isEmpty();
        assertThat(client.admin().volumes().volumesMarked("seed", "yes"))
                .isNotEmpty()
                .allSatisfy(volume -> assertThat(volume.metadata()).containsEntry("seed", "yes"));
    }

    @Test
    void anEmptyFilteredListIsNotTrusted(FakeCloud cloud, OpenStack client) {
        cloud.on(
                "GET",
                VOLUMES,
                FakeCloud.recorded("cinder/052-volumes-by-metadata-none"),
                FakeCloud.recorded("cinder/047-volumes-detail"));
        assertThat(client.admin().volumes().volumesMarked("seed", "yes")).isNotEmpty();
        assertThat(cloud.requests("GET", VOLUMES))
                .extracting(Request::query)
                .containsExactly("metadata=%7B%22seed%22%3A%22yes%22%7D", null);
    }

    @Test
    void aFilterThatHasJustFoundWhatItShouldIsTrusted(FakeCloud cloud, OpenStack client) {
        String marked = """
            {"volumes": [{"id": "1", "status": "available", "size": 1, "bootable": "true", "metadata": {"seed": "yes"},
              "created_at": "2026-11-22T15:41:04.000000", "os-vol-tenant-attr:tenant_id": "%s"}]}\
            """.formatted(FakeCloud.PROJECT);
        cloud.on(
                "GET", VOLUMES, FakeCloud.json(200, marked), FakeCloud.recorded("cinder/052-volumes-by-metadata-none"));
        assertThat(client.admin().volumes().volumesMarked("seed", "yes")).hasSize(1);
        assertThat(client.admin().volumes().volumesMarked("seed", "no-such-mark"))
                .isEmpty();
        assertThat(cloud.requests("GET", VOLUMES))
                .extracting(Request::query)
                .doesNotContainNull()
                .hasSize(2);
    }

    @Test
    void anIgnoredTagOrStatusFilterIsAppliedHere(FakeCloud cloud, OpenStack client) {
        cloud.on("GET", "/v2.1/servers/detail", FakeCloud.recorded("nova/005-servers-detail"));
        assertThat(client.admin().compute().servers(ServerQuery.all())).isNotEmpty();
        assertThat(client.admin().compute().servers(ServerQuery.tagged("restore-1")))
                .isEmpty();
        assertThat(client.admin().compute().servers(new ServerQuery(false, "BUILD", null)))
                .isEmpty();
    }

    @Test
    void portsOfOtherProjectsAreNotOurs(FakeCloud cloud, OpenStack client) {
        cloud.on("GET", "/v2.0/ports", FakeCloud.json(200, """
            {"ports": [{"id": "1", "name": "mark", "project_id": "%s"}, {"id": "2", "name": "mark-2",
              "project_id": "%s"}, {"id": "3", "name": "mark", "project_id": "another"}]}\
            """.formatted(FakeCloud.PROJECT, FakeCloud.PROJECT)));
        assertThat(client.admin().network().portsNamed("mark"))
                .extracting(Port::id)
                .containsExactly("1");
    }

    @Test
    void portsOfAServerAreReadFromTheGenuineList(FakeCloud cloud, OpenStack client) {
        Recording recording = Recording.of("neutron/004-ports-of-server");
        cloud.replay("neutron/004-ports-of-server");
        String server = recording.body().replaceAll("(?s).*\"device_id\":\"([^\"]+)\".*", "$1");
        assertThat(client.admin().network().portsOfServer(server))
                .isNotEmpty()
                .allSatisfy(port -> assertThat(port.deviceId()).isEqualTo(server));
        assertThat(client.admin().network().portsOfServer("another")).isEmpty();
    }
}
