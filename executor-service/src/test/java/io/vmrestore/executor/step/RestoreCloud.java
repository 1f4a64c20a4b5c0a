package io.vmrestore.executor.step;

import io.vmrestore.common.contract.Plan;
import io.vmrestore.executor.idempotency.Mark;
import io.vmrestore.openstack.OpenStack;
import io.vmrestore.openstack.settings.CloudSettings;
import io.vmrestore.openstack.settings.Credentials;
import io.vmrestore.openstack.settings.ServiceUser;
import io.vmrestore.simulator.Simulator;
import io.vmrestore.simulator.SimulatorSettings;
import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.compute.Server;
import io.vmrestore.simulator.cloud.identity.Caller;
import io.vmrestore.simulator.cloud.network.Port;
import io.vmrestore.simulator.cloud.volume.Volume;
import io.vmrestore.simulator.engine.Owner;
import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The simulated cloud of one restore, a client of it, and what is there: of the job by its marks, or of anybody. */
public class RestoreCloud implements AutoCloseable {
    public static final Tenant TENANT = Tenant.A;

    public final UUID jobId = UUID.randomUUID();
    public final Simulator simulator;
    public final OpenStack openStack;

    RestoreCloud(SimulatorSettings settings, Function<CloudSettings, OpenStack> connection) {
        simulator = Simulator.start(settings);
        // Raises the quotas as well, which many restores would use up.
        SampleCloud.addServers(simulator.cloud(), TENANT, 0, 1);
        openStack = connection.apply(cloudSettings(simulator));
    }

    /** Takes the original's ports away, so that their addresses are free. */
    public void freeAddresses(Plan plan) {
        plan.nics()
                .forEach(nic -> openStack.project(TENANT.projectId()).network().deletePort(nic.sourcePortId()));
    }

    /** What the job has in the cloud, by its marks. */
    public List<Volume> volumes() {
        return simulator.volumes().stream()
                .filter(volume ->
                        volume.spec().metadata().getOrDefault(Mark.KEY, "").startsWith(jobId + "/"))
                .toList();
    }

    public List<Port> ports() {
        return simulator.ports().stream()
                .filter(port -> port.settings().name().startsWith("restore-" + jobId))
                .toList();
    }

    public List<Server> servers() {
        return simulator.servers().stream()
                .filter(server ->
                        server.spec().metadata().getOrDefault(Mark.KEY, "").startsWith(jobId + "/"))
                .toList();
    }

    /** Has the tenant's owner change something. */
    public void change(BiConsumer<Cloud, Caller> change) {
        Cloud cloud = simulator.cloud();
        cloud.run(() -> change.accept(cloud, cloud.callerFor(new Owner(TENANT.projectId(), TENANT.ownerId()))));
    }

    /** Any server of the cloud. */
    public Optional<Server> server(String id) {
        return simulator.servers().stream()
                .filter(server -> server.id().equals(id))
                .findFirst();
    }

    /** Any port of the cloud. */
    public Optional<Port> port(String id) {
        return simulator.ports().stream().filter(port -> port.id().equals(id)).findFirst();
    }

    /** Any volume of the cloud. */
    public Optional<Volume> volume(String id) {
        return simulator.volumes().stream()
                .filter(volume -> volume.id().equals(id))
                .findFirst();
    }

    public boolean keyImported() {
        return simulator
                .cloud()
                .execute(() -> simulator
                        .cloud()
                        .servers()
                        .keyPairs()
                        .ofUser(SampleCloud.userId(SampleCloud.SERVICE_USER))
                        .anyMatch(key -> key.name().startsWith("restore-" + jobId)));
    }

    public static CloudSettings cloudSettings(Simulator simulator) {
        return CloudSettings.of(
                URI.create(simulator.authUrl()),
                new Credentials(SampleCloud.ADMIN, "Default", SampleCloud.ADMIN_PASSWORD, "service", null, "Default"),
                new ServiceUser(SampleCloud.SERVICE_USER, SampleCloud.SERVICE_USER_PASSWORD, "Default"));
    }

    @Override
    public void close() {
        openStack.close();
        simulator.close();
    }
}
