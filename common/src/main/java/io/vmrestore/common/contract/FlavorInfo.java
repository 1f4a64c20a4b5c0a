package io.vmrestore.common.contract;

import org.jspecify.annotations.Nullable;

/**
 * The size of a VM.
 *
 * @param id null if no flavor of this name exists any more
 * @param ramMegabytes memory in MiB
 * @param diskGigabytes root disk in GiB; 0 where the volume decides
 */
public record FlavorInfo(@Nullable String id, String name, int vcpus, int ramMegabytes, int diskGigabytes) {}
