package io.vmrestore.simulator.cloud.identity;

import io.vmrestore.simulator.engine.Resource;
import org.jspecify.annotations.Nullable;

/**
 * A role.
 *
 * @param implies the id of the role that everyone with this one has as well
 */
public record Role(String id, String name, @Nullable String implies) implements Resource {
    public static final String ADMIN = "admin";
    public static final String MANAGER = "manager";
    public static final String MEMBER = "member";
    public static final String READER = "reader";
}
