package io.vmrestore.executor.poll;

import io.vmrestore.common.time.TimeSource;
import io.vmrestore.openstack.OpenStack;
import io.vmrestore.openstack.compute.Server;
import io.vmrestore.openstack.compute.ServerQuery;
import io.vmrestore.openstack.volume.Volume;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The shared pollers, one for each project and kind. */
public final class StatusPollers {
    private final OpenStack cloud;
    private final PollPace pace;
    private final TimeSource time;
    private final Map<String, StatusPoller<Volume>> volumes = new ConcurrentHashMap<>();
    private final Map<String, StatusPoller<Server>> servers = new ConcurrentHashMap<>();
    private final Map<String, StatusPoller<Server>> buildingServers = new ConcurrentHashMap<>();

    public StatusPollers(OpenStack cloud, PollPace pace, TimeSource time) {
        this.cloud = cloud;
        this.pace = pace;
        this.time = time;
    }

    /** All volumes of the project. */
    public StatusPoller<Volume> volumes(String projectId) {
        return volumes.computeIfAbsent(
                projectId,
                project -> new StatusPoller<>(
                        "volumes-" + project,
                        () -> cloud.project(project).volumes().volumes(),
                        Volume::id,
                        pace,
                        time));
    }

    /** All servers of the project: for those who wait until one is gone. */
    public StatusPoller<Server> servers(String projectId) {
        return servers.computeIfAbsent(
                projectId,
                project -> new StatusPoller<>(
                        "servers-" + project,
                        () -> cloud.project(project).compute().servers(ServerQuery.all()),
                        Server::id,
                        pace,
                        time));
    }

    /** The servers of the project that are being built; one that is missing is built, has failed or is gone. */
    public StatusPoller<Server> buildingServers(String projectId) {
        return buildingServers.computeIfAbsent(
                projectId,
                project -> new StatusPoller<>(
                        "building-" + project,
                        () -> cloud.project(project).compute().servers(new ServerQuery(false, "BUILD", null)),
                        Server::id,
                        pace,
                        time));
    }
}
