package io.vmrestore.simulator.cloud.compute;

import io.vmrestore.simulator.engine.Resource;
import java.util.Map;

/**
 * A size of server.
 *
 * @param ram in MiB
 * @param disk of the local root disk in GiB
 */
public record Flavor(String id, String name, int vcpus, int ram, int disk, Map<String, String> extraSpecs)
        implements Resource {}
