package io.vmrestore.openstack.compute;

import java.util.List;

/**
 * A server group.
 *
 * @param id its id
 * @param name its name
 * @param policy {@code affinity}, {@code anti-affinity}, {@code soft-affinity} or {@code soft-anti-affinity}
 * @param members ids of its servers
 */
public record ServerGroup(String id, String name, String policy, List<String> members) {

    /** Keeps its own copy. */
    public ServerGroup {
        members = List.copyOf(members);
    }
}
