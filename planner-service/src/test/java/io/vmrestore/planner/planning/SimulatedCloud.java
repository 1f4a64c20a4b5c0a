package io.vmrestore.planner.planning;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.RestoreCommand.PlanRestore;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.common.seal.SealingKeys;
import io.vmrestore.common.seal.TextSeal;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.openstack.OpenStack;
import io.vmrestore.openstack.settings.CloudSettings;
import io.vmrestore.openstack.settings.Credentials;
import io.vmrestore.openstack.settings.ServiceUser;
import io.vmrestore.simulator.Simulator;
import io.vmrestore.simulator.SimulatorSettings;
import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.identity.Caller;
import io.vmrestore.simulator.engine.Owner;
import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A simulated cloud with its sample tenants, and a planner that reads it as the service user. */
final class SimulatedCloud implements AutoCloseable {
    static final TextSeal SEAL =
            new TextSeal(SealingKeys.of("", Base64.getEncoder().encodeToString(new byte[32])));
    static final Instant REQUESTED_AT = Instant.parse("2026-11-22T13:14:15.678Z");

    final Simulator simulator = Simulator.start(SimulatorSettings.instant());
    private final OpenStack openStack = OpenStack.connect(CloudSettings.of(
            URI.create(simulator.authUrl()),
            new Credentials(SampleCloud.ADMIN, "Default", SampleCloud.ADMIN_PASSWORD, "service", null, "Default"),
            new ServiceUser(SampleCloud.SERVICE_USER, SampleCloud.SERVICE_USER_PASSWORD, "Default")));

    Planner planner() {
        return planner(Duration.ofSeconds(10));
    }

    Planner planner(Duration timeout) {
        return new Planner(openStack, settings(timeout), TimeSource.system());
    }

    static PlanningSettings settings(Duration timeout) {
        return new PlanningSettings(
                "planning-test", 4, timeout, Duration.ofMinutes(20), Duration.ofMinutes(10), Duration.ofMinutes(7));
    }

    Plan plan(PlanRestore command) throws InterruptedException {
        return planner().plan(command).plan();
    }

    /** Has the owner of tenant A change something. */
    void change(BiConsumer<Cloud, Caller> change) {
        Cloud changed = simulator.cloud();
        changed.run(() ->
                change.accept(changed, changed.callerFor(new Owner(Tenant.A.projectId(), Tenant.A.ownerId()))));
    }

    /** Gives a server of tenant A another name, also one that Nova's API would not take. */
    void rename(String serverId, String name) {
        change((changed, owner) -> changed.servers().rename(owner, serverId, name, null));
    }

    static PlanRestore web(Tenant tenant, IpStrategy strategy) {
        return command(tenant, tenant.webServerId(), tenant.id("snapshot/web-1-daily"), null, strategy);
    }

    static PlanRestore command(Tenant tenant, String vmId, String snapshotId) {
        return command(tenant, vmId, snapshotId, null, IpStrategy.NEW_IPS);
    }

    static PlanRestore command(
            Tenant tenant, String vmId, String snapshotId, @Nullable String newName, IpStrategy strategy) {
        return new PlanRestore(
                UUID.nameUUIDFromBytes(vmId.getBytes(UTF_8)),
                vmId,
                tenant.projectId(),
                snapshotId,
                RestoreMode.NEW,
                newName,
                strategy,
                REQUESTED_AT);
    }

    @Override
    public void close() {
        openStack.close();
        simulator.close();
    }
}
