package io.vmrestore.simulator.engine;

import java.util.Map;

/** The limits of one project that differ from the service's defaults; -1 alone means unlimited. */
public record Quota(String id, Map<String, Integer> limits) implements Resource {}
