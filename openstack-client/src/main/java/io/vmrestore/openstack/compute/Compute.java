package io.vmrestore.openstack.compute;

import io.vmrestore.openstack.CloudException;
import io.vmrestore.openstack.QuotaLine;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Nova in one project. The admin role reaches the servers of other projects by their id: compare {@code projectId}
 * before relying on one.
 */
public final class Compute {

    Compute() {}

    /**
     * The server with this id.
     *
     * @throws CloudException.NotFound if there is none
     */
    public Server server(String id) {
        throw new UnsupportedOperationException();
    }

    /** The server with this id, or empty on 404. Any other error is thrown: an error is not "gone". */
    public Optional<Server> findServer(String id) {
        throw new UnsupportedOperationException();
    }

    /** The servers that the query describes, over all pages: one request per page, for pollers of many servers. */
    public List<Server> servers(ServerQuery query) {
        throw new UnsupportedOperationException();
    }

    /** Servers of the project whose metadata has this entry; Nova cannot filter by it for members, so it is done here. */
    public List<Server> serversMarked(String key, String value) {
        throw new UnsupportedOperationException();
    }

    /**
     * The server's volumes with their devices.
     *
     * @throws CloudException.NotFound if there is no such server
     */
    public List<VolumeAttachment> attachments(String serverId) {
        throw new UnsupportedOperationException();
    }

    /**
     * The server's ports in NIC order.
     *
     * @throws CloudException.NotFound if there is no such server
     */
    public List<NetworkInterface> interfaces(String serverId) {
        throw new UnsupportedOperationException();
    }

    /**
     * Makes a server; returns its id at once, while it is built.
     *
     * @throws CloudException.QuotaExceeded if the project's instances, cores, ram or the like are used up
     * @throws CloudException.Invalid if flavor, key, volume, zone or user_data is refused
     * @throws CloudException.Conflict if a port is in use
     */
    public String create(ServerSpec spec) {
        throw new UnsupportedOperationException();
    }

    /**
     * Asks for the server's deletion; it is gone when {@link #findServer} is empty.
     *
     * @return false if it was gone already (404)
     * @throws CloudException.Conflict if it is locked
     */
    public boolean delete(String id) {
        throw new UnsupportedOperationException();
    }

    /**
     * Deletes a server for good that a cloud with {@code reclaim_instance_interval} keeps as {@code SOFT_DELETED}.
     *
     * @return false if it was gone already (404)
     */
    public boolean forceDelete(String id) {
        throw new UnsupportedOperationException();
    }

    /** The flavor with this id, or empty on 404. */
    public Optional<Flavor> flavor(String id) {
        throw new UnsupportedOperationException();
    }

    /** The flavor of exactly this name, or empty. */
    public Optional<Flavor> flavorNamed(String name) {
        throw new UnsupportedOperationException();
    }

    /** All flavors that the project may use; with the admin role, private ones of others too. */
    public List<Flavor> flavors() {
        throw new UnsupportedOperationException();
    }

    /** The acting user's own key pair of this name, or empty. */
    public Optional<KeyPair> keyPair(String name) {
        throw new UnsupportedOperationException();
    }

    /** Another user's key pair, or empty; needs the admin role. */
    public Optional<KeyPair> keyPairOf(String userId, String name) {
        throw new UnsupportedOperationException();
    }

    /**
     * Imports a public key for the acting user.
     *
     * @param type {@code ssh} or {@code x509}
     * @throws CloudException.Conflict if the user has a key pair of this name
     */
    public KeyPair importKeyPair(String name, String publicKey, String type) {
        throw new UnsupportedOperationException();
    }

    /**
     * Deletes the acting user's key pair.
     *
     * @return false if it was gone already (404)
     */
    public boolean deleteKeyPair(String name) {
        throw new UnsupportedOperationException();
    }

    /** The server groups that the server belongs to: none or one. */
    public List<ServerGroup> serverGroupsOf(String serverId) {
        throw new UnsupportedOperationException();
    }

    /** The project's quota by name: {@code instances}, {@code cores}, {@code ram} (MiB) and others that Nova lists. */
    public Map<String, QuotaLine> quota() {
        throw new UnsupportedOperationException();
    }
}
