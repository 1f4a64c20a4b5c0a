package io.vmrestore.executor.step.finalize;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.Difference;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.common.contract.RestoreResult;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.executor.attempt.Certainty;
import io.vmrestore.executor.attempt.StepFailure;
import io.vmrestore.executor.idempotency.Duplicates;
import io.vmrestore.executor.idempotency.MarkedResources;
import io.vmrestore.executor.step.Step;
import io.vmrestore.executor.step.createserver.BootKey;
import io.vmrestore.openstack.ProjectCloud;
import io.vmrestore.openstack.compute.Server;
import io.vmrestore.openstack.compute.VolumeAttachment;
import io.vmrestore.openstack.network.FixedIp;
import io.vmrestore.openstack.network.FloatingIp;
import io.vmrestore.openstack.network.Port;
import io.vmrestore.openstack.volume.Volume;
import io.vmrestore.survey.Absence;
import io.vmrestore.survey.OwnMetadata;
import io.vmrestore.survey.Presence;
import io.vmrestore.survey.Reads;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Reads the restored server back, lists every point in which it differs from the original, and removes the imported key
 * pair and whatever a lost answer may have left behind.
 *
 * <p>Safe to repeat: it reads, and deletes what may be gone already. Nothing to revert. Calls: Nova PUT tags of a
 * server with as many as there may be, GET server, its attachments and servers by tag, DELETE keypair; Cinder GET
 * volume and volumes by metadata; Neutron GET ports.
 */
@Component
final class Finalize implements Step<StepTask.Finalize> {
    private final List<MarkedResources> marked;

    /** @param marked what steps make */
    Finalize(List<MarkedResources> marked) {
        this.marked = marked;
    }

    @Override
    public Action action() {
        return Action.FINALIZE;
    }

    @Override
    public Class<StepTask.Finalize> taskType() {
        return StepTask.Finalize.class;
    }

    @Override
    public void execute(StepTask.Finalize task, Attempt attempt) throws InterruptedException {
        giveLastTagBack(task, attempt);
        attempt.conclude(attempt.stop().during(() -> readBack(task, attempt)));
        Set<String> used = new HashSet<>(task.portIds());
        used.add(task.serverId());
        used.add(task.volumeId());
        new Duplicates(marked, attempt, used).remove(task.plan().steps());
        BootKey.remove(task.plan().server().keyFingerprint(), attempt);
    }

    /** A VM with as many tags as there may be was made without one of them, which gave its place to our mark. */
    private static void giveLastTagBack(StepTask.Finalize task, Attempt attempt) {
        List<String> own = OwnMetadata.strip(task.plan().server().tags());
        if (own.size() >= OwnMetadata.MOST_TAGS) {
            attempt.cloud().compute().setTags(task.serverId(), own);
        }
    }

    private static RestoreResult readBack(StepTask.Finalize task, Attempt attempt) throws InterruptedException {
        ProjectCloud cloud = attempt.cloud();
        Absence absence = attempt.absence();
        try (Reads reads = attempt.reads()) {
            var found = reads.start("compute", () -> absence.server(task.serverId()));
            var attachments = reads.start("compute", () -> absence.attachments(task.serverId()));
            var volume = reads.start("volume", () -> absence.volume(task.volumeId()));
            Map<String, Reads.Read<Presence<Port>>> ports = new LinkedHashMap<>();
            Map<String, Reads.Read<List<FloatingIp>>> floating = new HashMap<>();
            boolean replaced = task.plan().mode() == RestoreMode.REPLACE;
            for (String portId : task.portIds()) {
                ports.put(portId, reads.start("network", () -> absence.port(portId, task.serverId())));
                if (replaced) {
                    floating.put(
                            portId,
                            reads.start(
                                    "network",
                                    () -> cloud.network().floatingIpsOf(portId).orElse(List.of())));
                }
            }
            Server server = running(task.serverId(), found.get());
            List<Port> inOrder = new ArrayList<>();
            for (Map.Entry<String, Reads.Read<Presence<Port>>> port : ports.entrySet()) {
                inOrder.add(there("Port " + port.getKey(), port.getValue().get()));
            }
            Volume restored = there("Volume " + task.volumeId(), volume.get());
            List<VolumeAttachment> attached =
                    there("The list of volumes of server " + task.serverId(), attachments.get());
            Map<String, List<String>> outside = new HashMap<>();
            for (Map.Entry<String, Reads.Read<List<FloatingIp>>> port : floating.entrySet()) {
                outside.put(
                        port.getKey(),
                        port.getValue().get().stream().map(FloatingIp::address).toList());
            }
            List<Difference> differences =
                    new Comparison(task.plan(), outside).differences(server, attached, restored, inOrder);
            return new RestoreResult(
                    server.id(),
                    restored.id(),
                    task.portIds(),
                    inOrder.stream().flatMap(Finalize::addresses).toList(),
                    differences);
        }
    }

    private static <T> T there(String what, Presence<T> found) {
        return switch (Certainty.required(found)) {
            case Presence.Present<T> present -> present.value();
            case Presence.Gone<T> _ ->
                throw StepFailure.lasting(
                        FailureKind.RESOURCE_FAILED, what + " was deleted by someone else after it was built");
        };
    }

    /** What was ACTIVE a moment ago may be on its way out: a DELETE during the build takes effect after it. */
    private static Server running(String id, Presence<Server> found) {
        if (!(Certainty.required(found) instanceof Presence.Present<Server>(Server server))
                || server.status().endsWith("DELETED")
                || "deleting".equals(server.taskState())) {
            throw StepFailure.lasting(
                    FailureKind.RESOURCE_FAILED, "Server " + id + " was deleted by someone else after it was built");
        }
        if (server.failed()) {
            throw StepFailure.lasting(
                    FailureKind.RESOURCE_FAILED,
                    "Server " + id + " went to ERROR after it was built: " + server.faultMessage());
        }
        return server;
    }

    /** Neutron's order means nothing; people look for the IPv4 address first. */
    private static Stream<String> addresses(Port port) {
        return port.fixedIps().stream()
                .map(FixedIp::ipAddress)
                .sorted(Comparator.comparing((String address) -> address.contains(":")));
    }
}
