package io.vmrestore.common.contract;

/**
 * A cloud resource that a restore made.
 *
 * @param id the cloud's id; for a key pair its name, which is its id within its user
 */
public record Resource(ResourceType type, String id, String name) {

    /** Whether both are the same thing in the cloud; names change. */
    public boolean same(Resource other) {
        return type == other.type && id.equals(other.id);
    }
}
