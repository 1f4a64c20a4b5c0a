package io.vmrestore.simulator.cloud.image;

import io.vmrestore.simulator.engine.Resource;
import java.util.Map;

/** An image that servers and volumes are made of. */
public record Image(String id, String name, Map<String, String> properties) implements Resource {}
