package io.vmrestore.common.contract;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The VM as it was when the plan was made.
 *
 * @param userId its owner, to whom the key pair belongs
 * @param keyFingerprint fingerprint of the key pair; null without a key or if the key is gone
 * @param publicKey the key pair's public half, which the acting user imports; null as above
 * @param securityGroups names as Nova lists them
 * @param serverGroupId null if it is in none
 */
public record SourceServer(
        String id,
        String name,
        String status,
        String projectId,
        String userId,
        FlavorInfo flavor,
        @Nullable String availabilityZone,
        @Nullable String keyName,
        @Nullable String keyFingerprint,
        @Nullable String publicKey,
        Map<String, String> metadata,
        List<String> tags,
        @Nullable String description,
        boolean configDrive,
        @Nullable String serverGroupId,
        List<String> securityGroups,
        SourceVolume bootVolume,
        List<AttachedVolume> attachments) {}
