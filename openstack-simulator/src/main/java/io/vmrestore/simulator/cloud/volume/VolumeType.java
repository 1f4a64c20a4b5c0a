package io.vmrestore.simulator.cloud.volume;

import io.vmrestore.simulator.engine.Resource;

/**
 * A volume type.
 *
 * @param hasBackend false: nothing serves it, so every volume of it ends in error
 */
public record VolumeType(String id, String name, String description, boolean hasBackend) implements Resource {
    public static final String DEFAULT = "__DEFAULT__";
}
