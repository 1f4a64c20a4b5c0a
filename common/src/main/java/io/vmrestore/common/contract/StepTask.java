package io.vmrestore.common.contract;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an executor must know to carry out one step; one record for each {@link Action}, which names it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "action")
public sealed interface StepTask {

    /** Compares the cloud with the plan's fingerprint. */
    record Validate(Plan plan) implements StepTask {}

    /** Checks that the project's quotas still leave room; limits and usage in the lines are those of planning time. */
    record CheckQuota(List<QuotaLine> lines) implements StepTask {}

    /**
     * Makes the new boot volume from the snapshot.
     *
     * @param carried null in commands of versions that did not tell
     */
    record CreateVolume(
            String volumeName,
            String sourceServerId,
            RestorePoint restorePoint,
            SourceVolume source,
            @Nullable Carried carried)
            implements StepTask {}

    /**
     * Deletes the original server, whose place the restored one takes, and frees what belonged to it.
     *
     * @param nics the original's interfaces; ports of no other are touched
     * @param plan what must still be true right before the deletion; null in commands of versions that did not tell
     */
    record DeleteServer(
            SourceServer source,
            List<NicPlan> nics,
            IpStrategy ipStrategy,
            @Nullable Plan plan) implements StepTask {}

    /**
     * Makes the port of one interface.
     *
     * @param replacedServerId the original server that is gone by now, whose addresses, MAC and floating IPs the port
     *     takes over; null beside the original
     * @param down whether it stays administratively down, as the original is; null in commands of versions that did not
     *     tell
     */
    record CreatePort(
            String newName,
            NicPlan nic,
            IpStrategy ipStrategy,
            @Nullable String replacedServerId,
            @Nullable Boolean down)
            implements StepTask {}

    /**
     * Makes the server.
     *
     * @param portIds in the order of the original's interfaces
     * @param carried null in commands of versions that did not tell
     */
    record CreateServer(
            String newName,
            SourceServer source,
            RestorePoint restorePoint,
            String volumeId,
            List<String> portIds,
            @Nullable Carried carried,
            @Nullable Sealed userData)
            implements StepTask {}

    /**
     * Waits until the server is ACTIVE.
     *
     * @param createRequestId the request id that its creation was sent with, under which the services logged the build;
     *     null in commands of versions that did not tell
     */
    record WaitActive(String serverId, @Nullable String createRequestId) implements StepTask {}

    /** Compares the restored VM with the original and reports the result. */
    record Finalize(Plan plan, String serverId, String volumeId, List<String> portIds) implements StepTask {}

    /**
     * Removes the server that a step may have made.
     *
     * @param createMark mark of the step that made it, by which it is found if its id never became known
     * @param keyFingerprint of the original's key pair, whose import for this restore goes as well; null if there is
     *     none
     */
    record RollbackServer(
            @Nullable String serverId,
            String createMark,
            @Nullable String keyFingerprint) implements StepTask {}

    /** Removes the port that a step may have made; parameters as in {@link RollbackServer}. */
    record RollbackPort(@Nullable String portId, String createMark) implements StepTask {}

    /** Removes the volume that a step may have made; parameters as in {@link RollbackServer}. */
    record RollbackVolume(@Nullable String volumeId, String createMark) implements StepTask {}
}
