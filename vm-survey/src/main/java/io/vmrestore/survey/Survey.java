package io.vmrestore.survey;

import io.vmrestore.common.connection.CallFault;
import io.vmrestore.common.contract.AttachedVolume;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.RestorePoint;
import io.vmrestore.common.contract.SourceServer;
import io.vmrestore.common.contract.SourceVolume;
import io.vmrestore.openstack.ProjectCloud;
import io.vmrestore.openstack.compute.Compute;
import io.vmrestore.openstack.compute.Flavor;
import io.vmrestore.openstack.compute.KeyPair;
import io.vmrestore.openstack.compute.Server;
import io.vmrestore.openstack.compute.VolumeAttachment;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.network.Port;
import io.vmrestore.openstack.volume.Snapshot;
import io.vmrestore.openstack.volume.Volume;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a restore starts from, by reads only and as many of them at the same time as possible. Used when a plan is
 * made and again when it is executed, so that both see the cloud with the same eyes.
 */
public final class Survey {
    private final ProjectCloud project;
    private final ProjectCloud admin;

    /**
     * @param project the VM's project; its token needs the admin role there
     * @param admin the view of the admin credentials, which reads key pairs of other users
     */
    public Survey(ProjectCloud project, ProjectCloud admin) {
        this.project = project;
        this.admin = admin;
    }

    /**
     * Reads a VM and one of its restore points.
     *
     * @throws SurveyException if either cannot be restored, or the reads' time limit passes; the failure says why
     * @throws CloudException if the cloud refuses or does not answer
     * @throws InterruptedException if the calling thread was interrupted
     */
    public Surveyed take(Reads reads, String vmId, String restorePointId) throws InterruptedException {
        Absence absence = Absence.in(project, reads::rest);
        Reads.Read<Presence<Snapshot>> snapshot = reads.start("volume", () -> absence.snapshot(restorePointId));
        SurveyedVm vm = vm(reads, vmId);
        RestorePoint point =
                new RestorePointSurvey(project.projectId(), absence, reads).of(vm, snapshot.get(), restorePointId);
        return new Surveyed(vm, point, Fingerprints.of(vm, point));
    }

    /**
     * Reads again what a plan was made of, but for the restore point, which is no longer needed when its volume is
     * made. Exceptions as in {@link #take}.
     */
    public Surveyed again(Reads reads, Plan plan) throws InterruptedException {
        SurveyedVm vm = vm(reads, plan.server().id());
        return new Surveyed(vm, plan.restorePoint(), Fingerprints.of(vm, plan.restorePoint()));
    }

    /** Reads a VM that boots from a volume; exceptions as in {@link #take}. */
    public SurveyedVm vm(Reads reads, String vmId) throws InterruptedException {
        Compute nova = project.compute();
        Absence absence = Absence.in(project, reads::rest);
        Reads.Read<Presence<Server>> found = reads.start("compute", () -> absence.server(vmId));
        Reads.Read<Presence<List<VolumeAttachment>>> attached = reads.start("compute", () -> absence.attachments(vmId));
        Reads.Read<List<Port>> ports =
                reads.start("network", () -> project.network().portsOfServer(vmId));
        Reads.Read<List<Flavor>> flavors = reads.start("compute", nova::flavors);
        Reads.Read<Optional<Map<String, String>>> interfaceTags = reads.start("compute", () -> interfaceTags(vmId));

        Server server = restorable(vmId, there(vmId, found.get()));
        List<VolumeAttachment> attachments = AttachedDisks.of(server, there(vmId, attached.get()));
        Reads.Read<Optional<String>> host =
                reads.start("compute", () -> Optional.ofNullable(Untold.hostStatus(nova, server)));
        Reads.Read<Optional<List<String>>> groups = reads.start("compute", () -> Untold.serverGroups(nova, server));
        String boot = bootVolume(server, attachments, reads);
        Reads.Read<Volume> volume =
                reads.start("volume", () -> project.volumes().volume(boot));
        String owner = server.metadata().getOrDefault(Origin.OWNER, server.userId());
        String keyName = keyName(server);
        Reads.Read<Optional<KeyPair>> key = reads.start("compute", () -> keyPair(owner, keyName, reads));

        NicSurvey nics = NicSurvey.of(project.network(), absence, reads, server, ports.get());
        FlavorSurvey flavor = flavor(server, absence, flavors.get(), reads);
        Volume bootVolume = volume.get();
        SourceServer source = source(
                server,
                owner,
                keyName,
                flavor,
                key.get().orElse(null),
                groups.get(),
                bootVolume,
                attached(attachments, boot));
        return new SurveyedVm(
                source,
                nics.nics(),
                nics.ports(),
                nics.lost(),
                nics.subnets(),
                server.userData() == null || server.userData().isEmpty() ? null : server.userData(),
                server.locked(),
                host.get().orElse(null),
                source.flavor().id() == null ? flavor.nearest() : List.of(),
                untold(server, groups.get(), nics.untold()),
                bootVolume.metadata(),
                CarriedFields.of(server, bootVolume, attachments, nics.ports(), interfaceTags.get()),
                Uncarried.of(server, flavor.existing().orElse(null), bootVolume));
    }

    /** The list of flavors is looked at again before one counts as gone, which refuses the restore. */
    private FlavorSurvey flavor(Server server, Absence absence, List<Flavor> listed, Reads reads)
            throws InterruptedException {
        FlavorSurvey first = new FlavorSurvey(server.flavor(), listed);
        if (first.existing().isPresent()) {
            return first;
        }
        List<Flavor> again = new ArrayList<>();
        reads.start(
                        "compute",
                        () -> absence.listed("Flavor " + server.flavor().name(), () -> {
                            again.clear();
                            again.addAll(project.compute().flavors());
                            return new FlavorSurvey(server.flavor(), again).existing();
                        }))
                .get();
        return new FlavorSurvey(server.flavor(), again);
    }

    /** Empty if the cloud does not tell. */
    private Optional<Map<String, String>> interfaceTags(String vmId) {
        return Untold.ifTold(() -> project.compute().interfaceTags(vmId));
    }

    private <T> T there(String vmId, Presence<T> presence) {
        return switch (presence) {
            case Presence.Present<T> present -> present.value();
            case Presence.Gone<T> _ -> throw notFound(vmId);
            case Presence.Unknown<T> unknown -> throw SurveyException.uncertain(unknown.reason());
        };
    }

    private Server restorable(String vmId, Server server) {
        // The admin role reaches the servers of every project; and a deleted one may show for a moment.
        if (!server.projectId().equals(project.projectId()) || server.status().equals("DELETED")) {
            throw notFound(vmId);
        }
        if (!server.adminView()) {
            throw noAdminRole(project.projectId(), vmId);
        }
        return server;
    }

    /** Without the admin role Nova tells no root device, so nobody can say what a VM boots from. */
    static SurveyException noAdminRole(String projectId, String vmId) {
        return SurveyException.of(
                FailureKind.PROJECT_NOT_ACCESSIBLE,
                "The configured identity has no admin role in project " + projectId
                        + ", so it cannot see the root device and the user_data of VM " + vmId
                        + ". Give it the role, or configure SNAPSHOT_SERVICE_USER_EMAIL and OS_* credentials that"
                        + " may");
    }

    /** As lists decide it; Cinder is asked what is bootable only where the devices leave a doubt. */
    private String bootVolume(Server server, List<VolumeAttachment> disks, Reads reads) throws InterruptedException {
        Map<String, Boolean> bootable = new HashMap<>();
        if (!BootSource.decided(server, disks, bootable)) {
            Map<String, Reads.Read<Presence<Volume>>> volumes = new HashMap<>();
            Absence absence = Absence.in(project, reads::rest);
            for (VolumeAttachment disk : disks) {
                volumes.put(disk.volumeId(), reads.start("volume", () -> absence.volume(disk.volumeId())));
            }
            for (Map.Entry<String, Reads.Read<Presence<Volume>>> volume : volumes.entrySet()) {
                if (volume.getValue().get() instanceof Presence.Present<Volume>(Volume found)) {
                    bootable.put(volume.getKey(), found.bootable());
                }
            }
        }
        return switch (BootSource.of(server, disks, bootable)) {
            case BootSource.BootVolume volume -> volume.volumeId();
            case BootSource.Image _ ->
                throw SurveyException.of(FailureKind.BOOT_FROM_IMAGE, "VM " + server.id() + " " + BootSource.OF_IMAGE);
            case BootSource.Unclear unclear ->
                throw SurveyException.of(FailureKind.UNPROCESSABLE, "VM " + server.id() + " " + unclear.reason());
        };
    }

    private SurveyException notFound(String vmId) {
        return SurveyException.of(
                FailureKind.VM_NOT_FOUND, "VM " + vmId + " does not exist in project " + project.projectId());
    }

    /**
     * A server that was itself restored names an import of its key that is long gone, and remembers the key's own name.
     */
    private static @Nullable String keyName(Server server) {
        return server.metadata().containsKey(Origin.OWNER)
                ? server.metadata().getOrDefault(Origin.KEY, server.keyName())
                : server.keyName();
    }

    /** Key pairs belong to users; without the admin's view of others' the key counts as gone, which the plan says. */
    private Optional<KeyPair> keyPair(String owner, @Nullable String name, Reads reads) {
        if (name == null) {
            return Optional.empty();
        }
        try {
            return switch (Absence.in(admin, reads::rest).keyPairOf(owner, name)) {
                case Presence.Present<KeyPair> present -> Optional.of(present.value());
                case Presence.Gone<KeyPair> _ -> Optional.empty();
                case Presence.Unknown<KeyPair> unknown -> throw SurveyException.uncertain(unknown.reason());
            };
        } catch (CloudException notAdmin) {
            if (notAdmin.fault() == CallFault.POLICY) {
                return Optional.empty();
            }
            throw notAdmin;
        }
    }

    private static List<AttachedVolume> attached(List<VolumeAttachment> attachments, String boot) {
        return attachments.stream()
                .map(volume -> AttachedVolume.told(
                        volume.volumeId(),
                        volume.device(),
                        volume.volumeId().equals(boot),
                        volume.deleteOnTermination()))
                .toList();
    }

    private static List<String> untold(Server server, Optional<List<String>> groups, List<String> ofNics) {
        List<String> untold = new ArrayList<>(ofNics);
        if (server.userData() == null) {
            untold.add("The cloud does not tell whether the VM has user_data; the restored VM gets none");
        }
        if (groups.isEmpty()) {
            untold.add("The cloud does not tell whether the VM is in a server group; the restored VM will be in none");
        }
        return List.copyOf(untold);
    }

    private static SourceServer source(
            Server server,
            String owner,
            @Nullable String keyName,
            FlavorSurvey flavor,
            @Nullable KeyPair key,
            Optional<List<String>> groups,
            Volume bootVolume,
            List<AttachedVolume> attachments) {
        return new SourceServer(
                server.id(),
                server.name(),
                server.status(),
                server.projectId(),
                owner,
                flavor.flavor(),
                server.availabilityZone().isEmpty() ? null : server.availabilityZone(),
                keyName,
                key == null ? null : key.fingerprint(),
                key == null ? null : key.publicKey(),
                server.metadata(),
                server.tags(),
                server.description(),
                server.configDrive(),
                groups.stream().flatMap(List::stream).findFirst().orElse(null),
                server.securityGroups(),
                new SourceVolume(
                        bootVolume.id(),
                        bootVolume.name(),
                        bootVolume.size(),
                        bootVolume.type(),
                        bootVolume.availabilityZone(),
                        bootVolume.imageMetadata()),
                attachments);
    }
}
