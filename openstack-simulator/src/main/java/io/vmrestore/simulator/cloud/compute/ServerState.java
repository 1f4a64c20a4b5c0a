package io.vmrestore.simulator.cloud.compute;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a server stands.
 *
 * @param host null until the scheduler chose one, and after a failure
 * @param nics in the guest's order
 * @param lockedBy {@link #OWNER} or {@link #ADMIN}; null: not locked
 * @param deletionRequested its end was asked for and will come, whatever the states between show
 * @param shown a deleted server answers to its id a little longer
 */
public record ServerState(
        VmState vmState,
        @Nullable String taskState,
        @Nullable String host,
        List<Disk> disks,
        List<Nic> nics,
        @Nullable ServerFault fault,
        @Nullable Instant launchedAt,
        @Nullable Instant terminatedAt,
        @Nullable String lockedBy,
        @Nullable String lockedReason,
        boolean deletionRequested,
        boolean shown) {

    /** Locked from within its own project. */
    public static final String OWNER = "owner";

    /** Locked by an administrator of another project; only an administrator unlocks it. */
    public static final String ADMIN = "admin";

    /** Why a server is in ERROR. */
    public record ServerFault(String message, Instant at) {}

    static ServerState accepted(List<Disk> disks, List<Nic> nics) {
        return new ServerState(
                VmState.BUILDING, Task.SCHEDULING, null, disks, nics, null, null, null, null, null, false, true);
    }

    /** Whether a scheduler has seen the server: only then Nova tells of its disks. */
    public boolean wasScheduled() {
        return host != null || fault != null || vmState != VmState.BUILDING;
    }

    public boolean locked() {
        return lockedBy != null;
    }

    public boolean active() {
        return launchedAt != null;
    }

    ServerState to(VmState newVmState, @Nullable String newTask) {
        return new ServerState(
                newVmState,
                newTask,
                host,
                disks,
                nics,
                fault,
                launchedAt,
                terminatedAt,
                lockedBy,
                lockedReason,
                deletionRequested,
                shown);
    }

    ServerState on(@Nullable String newHost) {
        return new ServerState(
                vmState,
                taskState,
                newHost,
                disks,
                nics,
                fault,
                launchedAt,
                terminatedAt,
                lockedBy,
                lockedReason,
                deletionRequested,
                shown);
    }

    ServerState with(List<Disk> newDisks, List<Nic> newNics) {
        return new ServerState(
                vmState,
                taskState,
                host,
                newDisks,
                newNics,
                fault,
                launchedAt,
                terminatedAt,
                lockedBy,
                lockedReason,
                deletionRequested,
                shown);
    }

    ServerState launched(Instant at) {
        return new ServerState(
                VmState.ACTIVE,
                null,
                host,
                disks,
                nics,
                null,
                at,
                terminatedAt,
                lockedBy,
                lockedReason,
                deletionRequested,
                shown);
    }

    /** Back at the scheduler; the fault shows once it has given up. */
    ServerState rescheduled(String message, Instant at) {
        return failed(message, at).to(VmState.BUILDING, Task.SCHEDULING);
    }

    ServerState failed(String message, Instant at) {
        return new ServerState(
                VmState.ERROR,
                null,
                null,
                disks,
                nics,
                new ServerFault(message, at),
                null,
                null,
                lockedBy,
                lockedReason,
                deletionRequested,
                shown);
    }

    ServerState lock(@Nullable String by, @Nullable String reason) {
        return new ServerState(
                vmState,
                taskState,
                host,
                disks,
                nics,
                fault,
                launchedAt,
                terminatedAt,
                by,
                reason,
                deletionRequested,
                shown);
    }

    /** The deletion was begun and failed: whatever the server has, it keeps. */
    ServerState deletionFailed(String message, Instant at) {
        return new ServerState(
                VmState.ERROR,
                null,
                host,
                disks,
                nics,
                new ServerFault(message, at),
                launchedAt,
                terminatedAt,
                lockedBy,
                lockedReason,
                false,
                shown);
    }

    ServerState deleting() {
        return new ServerState(
                vmState,
                Task.DELETING,
                host,
                disks,
                nics,
                fault,
                launchedAt,
                terminatedAt,
                lockedBy,
                lockedReason,
                true,
                shown);
    }

    ServerState deleted(Instant at, boolean stillShown) {
        return new ServerState(
                VmState.DELETED,
                null,
                host,
                disks,
                List.of(),
                fault,
                launchedAt,
                terminatedAt == null ? at : terminatedAt,
                lockedBy,
                lockedReason,
                true,
                stillShown);
    }
}
