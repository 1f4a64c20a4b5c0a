package io.vmrestore.planner.audit;

import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.StepAddress;
import io.vmrestore.openstack.ProjectCloud;
import io.vmrestore.openstack.compute.Server;
import io.vmrestore.openstack.compute.ServerQuery;
import io.vmrestore.openstack.volume.Volume;
import io.vmrestore.survey.OwnMetadata;
import io.vmrestore.survey.Ownership.Marked;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a project has that carries the mark of a restore's step and is not on its way out; one list call a kind. */
final class MarkedResources {
    private final Map<String, List<Found>> byMark = new HashMap<>();

    private MarkedResources() {}

    /** A resource with what speaks for or against its being the restore's. */
    record Found(Resource resource, Marked marked) {}

    /** @throws io.vmrestore.openstack.failure.CloudException if one of the lists cannot be had */
    static MarkedResources of(ProjectCloud cloud) {
        MarkedResources marked = new MarkedResources();
        cloud.compute().servers(ServerQuery.all()).stream()
                .filter(MarkedResources::stays)
                .forEach(server -> marked.add(
                        mark(server),
                        new Resource(ResourceType.SERVER, server.id(), server.name()),
                        Marked.of(server)));
        cloud.volumes().volumes().stream()
                .filter(MarkedResources::stays)
                .forEach(volume -> marked.add(
                        volume.metadata().get(StepAddress.MARK_KEY),
                        new Resource(ResourceType.VOLUME, volume.id(), volume.name()),
                        Marked.of(volume)));
        cloud.network().ports().stream()
                .filter(port -> port.name().startsWith(StepAddress.PORT_NAME_PREFIX))
                .forEach(port -> marked.add(
                        port.name().substring(StepAddress.PORT_NAME_PREFIX.length()),
                        new Resource(ResourceType.PORT, port.id(), port.name()),
                        Marked.of(port)));
        return marked;
    }

    /** What carries the mark of the step; see {@link StepAddress#mark()}. */
    List<Found> of(StepAddress step) {
        return byMark.getOrDefault(step.mark(), List.of());
    }

    private void add(@Nullable String mark, Resource resource, Marked marked) {
        if (mark != null) {
            byMark.computeIfAbsent(mark, _ -> new ArrayList<>()).add(new Found(resource, marked));
        }
    }

    /** In its metadata; or in its tag alone, where its metadata left no room. */
    private static @Nullable String mark(Server server) {
        String mark = server.metadata().get(StepAddress.MARK_KEY);
        return mark != null
                ? mark
                : server.tags().stream()
                        .filter(tag -> tag.startsWith(OwnMetadata.TAG_PREFIX))
                        .map(tag ->
                                tag.substring(OwnMetadata.TAG_PREFIX.length()).replace(':', '/'))
                        .findFirst()
                        .orElse(null);
    }

    private static boolean stays(Server server) {
        return !server.status().endsWith("DELETED") && !"deleting".equals(server.taskState());
    }

    private static boolean stays(Volume volume) {
        return !volume.status().equals("deleting");
    }
}
