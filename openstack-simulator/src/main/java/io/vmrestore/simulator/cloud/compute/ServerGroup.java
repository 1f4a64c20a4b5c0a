package io.vmrestore.simulator.cloud.compute;

import io.vmrestore.simulator.engine.Owner;
import io.vmrestore.simulator.engine.Resource;

/** A rule of placement for its members. */
public record ServerGroup(String id, Owner owner, String name, String policy) implements Resource {}
