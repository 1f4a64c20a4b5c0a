package io.vmrestore.simulator.cloud;

import io.vmrestore.simulator.cloud.compute.Disk;
import io.vmrestore.simulator.cloud.compute.Nic;
import io.vmrestore.simulator.cloud.compute.Server;
import io.vmrestore.simulator.cloud.compute.ServerRequest;
import io.vmrestore.simulator.cloud.identity.Caller;
import io.vmrestore.simulator.cloud.network.PortRequest;
import io.vmrestore.simulator.cloud.volume.Volume;
import io.vmrestore.simulator.cloud.volume.VolumeRequest;
import io.vmrestore.simulator.engine.Latencies;
import io.vmrestore.simulator.engine.ManualTime;
import io.vmrestore.simulator.engine.Owner;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The sample cloud with simulated time, and short ways to use it as the service user of tenant A. */
final class TestCloud {
    static final Duration VOLUME_TIME = Duration.ofSeconds(4);
    static final Duration SERVER_TIME = Duration.ofSeconds(8);

    final ManualTime time = new ManualTime(Instant.parse("2026-11-22T12:00:00Z"));
    final Cloud cloud;
    final Caller caller;

    private TestCloud(Latencies latencies) {
        cloud = new Cloud(time, new Random(1), latencies, Duration.ofHours(1));
        SampleCloud.fill(cloud);
        caller = cloud.execute(
                () -> cloud.callerFor(new Owner(Tenant.A.projectId(), SampleCloud.userId(SampleCloud.SERVICE_USER))));
    }

    static TestCloud slow() {
        return new TestCloud(Latencies.of(VOLUME_TIME, SERVER_TIME));
    }

    static TestCloud instant() {
        return new TestCloud(Latencies.NONE);
    }

    static String snapshotId() {
        return Tenant.A.id("snapshot/web-1-daily");
    }

    Volume createVolume(String name) {
        VolumeRequest request =
                VolumeRequest.ofSnapshot(snapshotId(), null).named(name).withMetadata(Map.of("job", "42"));
        return cloud.execute(() -> cloud.volumes().create(caller, request));
    }

    Volume volume(String id) {
        return cloud.execute(() -> cloud.volumes().visible(caller, id));
    }

    String createPort() {
        return cloud.execute(() -> cloud.ports()
                .create(caller, PortRequest.on(Tenant.A.frontNetworkId()))
                .id());
    }

    Server createServer(String name, String volumeId, boolean deleteOnTermination, Nic... nics) {
        ServerRequest.WantedDisk disk =
                new ServerRequest.WantedDisk(Disk.Source.VOLUME, volumeId, null, 0, deleteOnTermination, null);
        ServerRequest request = new ServerRequest(
                name,
                null,
                SampleCloud.FLAVOR_SMALL_ID,
                null,
                List.of(disk),
                List.of(nics),
                null,
                null,
                false,
                null,
                Map.of(),
                List.of(),
                null,
                List.of());
        return cloud.execute(() -> cloud.servers().create(caller, request));
    }

    Server server(String id) {
        return cloud.execute(() -> cloud.servers().visible(caller, id));
    }

    /** The server's status and task, such as {@code BUILD/spawning}. */
    String state(String id) {
        Server server = server(id);
        String task = server.state().taskState();
        return server.state().vmState().status() + (task == null ? "" : "/" + task);
    }

    void deleteServer(String id) {
        cloud.run(() -> cloud.servers().delete(caller, id));
    }

    /** The words in which the operation is refused. */
    String refusal(Runnable operation) {
        ThrowingCallable call = () -> cloud.run(operation);
        return Assertions.catchThrowableOfType(Refused.class, call).text();
    }
}
