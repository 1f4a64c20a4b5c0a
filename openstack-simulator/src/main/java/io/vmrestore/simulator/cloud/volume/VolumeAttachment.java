package io.vmrestore.simulator.cloud.volume;

import java.time.Instant;

/** A volume is a disk of a server. */
public record VolumeAttachment(String id, String serverId, String device, String host, Instant attachedAt) {}
