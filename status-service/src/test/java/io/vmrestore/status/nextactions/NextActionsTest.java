package io.vmrestore.status.nextactions;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.Failure;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.PlanStep;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.ExecutionRequested;
import io.vmrestore.common.contract.RestoreEvent.PlanCreated;
import io.vmrestore.common.contract.RestoreEvent.RestoreCompleted;
import io.vmrestore.common.contract.RestoreEvent.RestoreFailed;
import io.vmrestore.common.contract.RestoreEvent.RestoreInterrupted;
import io.vmrestore.common.contract.RestoreEvent.RestoreRequested;
import io.vmrestore.common.contract.RestoreEvent.RestoreStarted;
import io.vmrestore.common.contract.RestoreEvent.RollbackStarted;
import io.vmrestore.common.contract.RestoreEvent.StepCompleted;
import io.vmrestore.common.contract.RestoreEvent.StepFailed;
import io.vmrestore.common.contract.RestoreEvent.StepProgressed;
import io.vmrestore.common.contract.RestoreEvent.StepSkipped;
import io.vmrestore.common.contract.RestoreResult;
import io.vmrestore.common.contract.StepAddress;
import io.vmrestore.status.testing.Plans;
import io.vmrestore.status.testing.RestoreLife;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an operator is told to do when a restore has ended, as commands that can be pasted. */
class NextActionsTest {
    private static final UUID JOB = UUID.fromString("00000000-0000-0000-0000-000000000001");
    private static final Instant TIME = Instant.parse("2026-11-22T08:30:00Z");
    private static final String VM = "vm-1";
    private static final Plan REPLACING = Plans.replacing(VM, "db-1", "project-1");
    private static final Failure REFUSED = new Failure(FailureKind.CLOUD_REFUSED, "No", "compute", 403, "req-1");
    private static final Resource VOLUME = new Resource(ResourceType.VOLUME, "volume-3", "new");
    private static final Resource PORT = new Resource(ResourceType.PORT, "port-5", "new");
    private static final Resource SERVER = new Resource(ResourceType.SERVER, "server-6", "new");
    private static final Resource OLD_VOLUME = new Resource(ResourceType.VOLUME, "volume-old", "the original's disk");

    @Test
    void whatARestoreLeavesBehindIsDeletedByCommands() {
        List<RestoreEvent> events = running(Plans.of(VM, "db-1", "project-1", 1, true));
        events.addAll(
                List.of(done(1, Action.VALIDATE), done(2, Action.CHECK_QUOTA), done(3, Action.CREATE_VOLUME, VOLUME)));
        events.add(new RestoreInterrupted(JOB, VM, TIME, "given up", "alice"));
        assertThat(actionsAfter(events))
                .containsExactly("Delete what was left behind, if it is not needed:"
                        + " openstack --os-project-id project-1 volume delete volume-3");
    }

    @Test
    void afterTheDeletionOfTheOriginalTheCommandsFinishTheRestore() {
        List<RestoreEvent> events = deleting();
        events.addAll(List.of(
                done(4, Action.DELETE_SERVER),
                done(5, Action.CREATE_PORT, PORT),
                done(6, Action.CREATE_SERVER, SERVER),
                failed(7, Action.WAIT_ACTIVE),
                new StepSkipped(JOB, VM, TIME, 8),
                new RollbackStarted(JOB, VM, TIME, List.of(PlanStep.undoing(9, Action.ROLLBACK_SERVER, List.of(), 6))),
                done(9, Action.ROLLBACK_SERVER),
                new RestoreFailed(JOB, VM, TIME, REFUSED, List.of(VOLUME, PORT))));
        assertThat(actionsAfter(events))
                .containsExactly(
                        "The original VM \"db-1\" (vm-1) is deleted. Its disk as of the snapshot is on volume volume-3;"
                                + " finish the restore with these commands, in one shell, in project \"project of"
                                + " project-1\" (project-1)",
                        "Import its key pair for yourself, as an administrator: Nova refuses a key pair to everybody"
                                + " but its owner: openstack --os-compute-api-version 2.2 --os-project-id project-1"
                                + " keypair create --public-key <(openstack --os-compute-api-version 2.10"
                                + " --os-project-id project-1 keypair show --public-key --user user-1 operator-key)"
                                + " restore-" + JOB,
                        "The original had user_data (17 bytes), which is kept sealed: add --user-data FILE with your"
                                + " own copy of it to the next command",
                        "Make the server: openstack --os-compute-api-version 2.52 --os-project-id project-1"
                                + " server create --wait --flavor flavor-1 --volume volume-3 --nic port-id=port-5"
                                + " --key-name restore-" + JOB
                                + " --availability-zone nova --config-drive True --property role=db"
                                + " --property 'Ünïcode=päß' --tag tag-a --tag tag-b db-1",
                        "Delete your import of the key pair; the server keeps its key: openstack --os-project-id"
                                + " project-1 keypair delete restore-" + JOB);
    }

    @Test
    void whereADeletionIsUncertainTheOperatorIsToldToLookFirst() {
        List<RestoreEvent> events = deleting();
        events.add(failed(4, Action.DELETE_SERVER));
        for (int order = 5; order <= 8; order++) {
            events.add(new StepSkipped(JOB, VM, TIME, order));
        }
        events.add(new RestoreFailed(JOB, VM, TIME, REFUSED, List.of(VOLUME)));
        assertThat(actionsAfter(events))
                .startsWith(
                        "The original VM \"db-1\" (vm-1) was asked to be deleted; see whether it is gone before"
                                + " anything else: openstack --os-project-id project-1 server show vm-1",
                        "If it is still there, only delete what the restore made: openstack --os-project-id project-1"
                                + " volume delete volume-3",
                        "If it is gone, finish the restore with these commands, in one shell, in project \"project of"
                                + " project-1\" (project-1)",
                        "Make the port of interface 0: PORT_0=$(openstack --os-project-id project-1 port show -f value"
                                + " -c id port-0 || openstack --os-project-id project-1 port create -f value -c id"
                                + " --network network-0 --fixed-ip subnet=subnet-0,ip-address=10.0.0.5 --mac-address"
                                + " fa:16:3e:00:00:00 --security-group group-1 --allowed-address ip-address=10.9.9.9"
                                + " restore-00000000-0000-0000-0000-000000000001-nic-0)")
                .anySatisfy(action ->
                        assertThat(action).startsWith("Make the server: ").contains(" --nic port-id=\"${PORT_0:?}\" "));
    }

    @Test
    void theOldDiskOfAReplacedVmIsToldAsKeptAndNotForDeletion() {
        List<RestoreEvent> events = deleting();
        RestoreResult result = new RestoreResult("server-6", "volume-3", List.of("port-5"), List.of(), List.of());
        events.addAll(List.of(
                done(4, Action.DELETE_SERVER, OLD_VOLUME),
                done(5, Action.CREATE_PORT, PORT),
                done(6, Action.CREATE_SERVER, SERVER),
                done(7, Action.WAIT_ACTIVE),
                completed(8, Action.FINALIZE, List.of(), result),
                new RestoreCompleted(JOB, VM, TIME, result)));
        assertThat(actionsAfter(events))
                .containsExactly("Your disk as it was until 2026-11-22T08:30:00Z: volume \"the original's disk\" ("
                        + REPLACING.server().bootVolume().sizeGigabytes() + " GiB, id volume-old). It is kept and has"
                        + " everything that was written since the snapshot");
    }

    @Test
    void whatIsHeldIsDeletedAfterWhatHoldsItAndAVolumeThatIsStillMadeIsWaitedFor() {
        List<RestoreEvent> events = running(Plans.of(VM, "db-1", "project-1", 1, true));
        Resource key = new Resource(ResourceType.KEY_PAIR, "restore key", "restore key");
        events.addAll(List.of(
                done(1, Action.VALIDATE),
                done(2, Action.CHECK_QUOTA),
                progressed(3, Action.CREATE_VOLUME, VOLUME),
                progressed(4, Action.CREATE_PORT, PORT, key, SERVER),
                new RestoreInterrupted(JOB, VM, TIME, "given up", "alice")));
        assertThat(actionsAfter(events))
                .containsExactly(
                        "Delete what was left behind, if it is not needed: openstack --os-project-id project-1 server"
                                + " delete --wait server-6",
                        "Delete what was left behind, if it is not needed: openstack --os-project-id project-1 port"
                                + " delete port-5",
                        "Delete what was left behind, if it is not needed, once its status is available or error:"
                                + " openstack --os-project-id project-1 volume delete volume-3",
                        "Delete the key pair that was imported for the restore, signed in as the user to whom it"
                                + " belongs: the one that the restore acted as: openstack --os-project-id project-1"
                                + " keypair delete 'restore key'");
    }

    @Test
    void anImportedKeyPairIsDeletedByTheUserWhoImportedIt() {
        List<RestoreEvent> events = running(Plans.of(VM, "db-1", "project-1", 1, true));
        Resource key = new Resource(ResourceType.KEY_PAIR, "restore key", "restore key");
        events.addAll(
                List.of(done(1, Action.VALIDATE), done(2, Action.CHECK_QUOTA), progressed(3, Action.CREATE_VOLUME)));
        events.add(new StepProgressed(
                step(4, Action.CREATE_PORT),
                TIME,
                List.of(key),
                Map.of(StepProgressed.KEY_PAIR_OWNER, "service-user")));
        events.add(new RestoreInterrupted(JOB, VM, TIME, "given up", "alice"));
        assertThat(actionsAfter(events))
                .singleElement()
                .asString()
                .endsWith(" acted as (service-user): openstack --os-project-id project-1 keypair delete 'restore key'");
    }

    @Test
    void nothingIsToDoWhileARestoreGoesOn() {
        assertThat(actionsAfter(deleting())).isEmpty();
    }

    private static List<String> actionsAfter(List<RestoreEvent> events) {
        return NextActions.of(RestoreLife.fold(events)).stream()
                .map(Instruction::sentence)
                .toList();
    }

    /** With the volume ready and the deletion commanded. */
    private static List<RestoreEvent> deleting() {
        List<RestoreEvent> events = running(REPLACING);
        events.addAll(
                List.of(done(1, Action.VALIDATE), done(2, Action.CHECK_QUOTA), done(3, Action.CREATE_VOLUME, VOLUME)));
        return events;
    }

    private static List<RestoreEvent> running(Plan plan) {
        return new ArrayList<>(List.of(
                new RestoreRequested(
                        JOB, VM, TIME, "project-1", "snapshot-1", plan.mode(), null, IpStrategy.TRY_SAME_IPS, "alice"),
                new PlanCreated(JOB, VM, TIME, plan),
                new ExecutionRequested(JOB, VM, TIME, JOB, "alice"),
                new RestoreStarted(JOB, VM, TIME, JOB)));
    }

    private static RestoreEvent done(int order, Action action, Resource... made) {
        return completed(order, action, List.of(made), null);
    }

    private static RestoreEvent completed(
            int order, Action action, List<Resource> made, @Nullable RestoreResult result) {
        return new StepCompleted(step(order, action), TIME, made, Map.of(), result);
    }

    private static RestoreEvent progressed(int order, Action action, Resource... made) {
        return new StepProgressed(step(order, action), TIME.plusSeconds(order), List.of(made), Map.of());
    }

    private static RestoreEvent failed(int order, Action action) {
        return new StepFailed(step(order, action), TIME, REFUSED, false, List.of(), Map.of());
    }

    private static StepAddress step(int order, Action action) {
        return new StepAddress(JOB, VM, "project-1", order, action, 1);
    }
}
