package io.vmrestore.common.contract;

import java.util.List;

/**
 * What a completed restore made.
 *
 * @param ips addresses of the restored VM in the order of its interfaces
 */
public record RestoreResult(
        String serverId, String volumeId, List<String> portIds, List<String> ips, List<Difference> differences) {}
