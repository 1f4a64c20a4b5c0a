package io.vmrestore.openstack.compute;

import java.util.List;

/**
 * A server group.
 *
 * @param id its id
 * @param name its name
 * @param policy {@code affinity}, {@code anti-affinity}, or a soft one
 * @param memberIds its servers
 */
public record ServerGroup(String id, String name, String policy, List<String> memberIds) {

    /** Keeps its own copy. */
    public ServerGroup {
        memberIds = List.copyOf(memberIds);
    }
}
