package io.vmrestore.common.contract;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The boot volume of the original VM.
 *
 * @param sizeGigabytes in GiB
 * @param imageMetadata properties of the image it was made from (firmware, buses), without which a guest may not boot
 */
public record SourceVolume(
        String id,
        String name,
        int sizeGigabytes,
        @Nullable String volumeType,
        @Nullable String availabilityZone,
        Map<String, String> imageMetadata) {}
