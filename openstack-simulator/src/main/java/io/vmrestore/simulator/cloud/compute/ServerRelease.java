package io.vmrestore.simulator.cloud.compute;

import io.vmrestore.simulator.cloud.volume.Volume;
import io.vmrestore.simulator.engine.Deadlines;
import io.vmrestore.simulator.engine.Engine;
import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.faults.Faults;
import java.util.Objects;
import java.util.Optional;

/** What a deleted server leaves free, at once or late: its ports, its volumes. */
final class ServerRelease {
    private final Faults faults;
    private final Servers.Parts parts;
    private final ServerDevices devices;
    private final Deadlines.Kind portDeletion;
    private final Deadlines.Kind portUnbinding;

    ServerRelease(Engine engine, Faults faults, Servers.Parts parts, ServerDevices devices) {
        this.faults = faults;
        this.parts = parts;
        this.devices = devices;
        this.portDeletion = engine.deadlines().kind("port-deletion", parts.ports()::discard);
        this.portUnbinding = engine.deadlines().kind("port-unbinding", parts.ports()::unbind);
    }

    /** Lets go of everything; deletes what was to go with the server. */
    void all(Server server) {
        Optional<Fault.PortsOutliveServer> late =
                faults.take(Fault.PortsOutliveServer.class, server.name(), server.id());
        if (late.isPresent()) {
            server.state().nics().stream()
                    .filter(nic -> nic.portId() != null)
                    .forEach(nic -> (nic.madeByNova() ? portDeletion : portUnbinding)
                            .begin(
                                    Objects.requireNonNull(nic.portId()),
                                    late.get().delay()));
        } else {
            devices.unplug(server);
        }
        devices.volumes(server).toList().forEach(volume -> release(server, volume));
        devices.deleteVolumes(server);
    }

    private void release(Server server, Volume volume) {
        faults.take(Fault.VolumeReleasedLate.class, volume.spec().name(), volume.id())
                .ifPresentOrElse(
                        late -> parts.volumes().life().releaseLate(volume.id(), late.delay()),
                        () -> parts.volumes().life().release(volume.id(), server.id()));
    }
}
