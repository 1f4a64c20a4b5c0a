package io.vmrestore.openstack.network;

import io.vmrestore.openstack.CloudException;
import io.vmrestore.openstack.QuotaLine;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Neutron in one project. The admin role sees every project's ports: lists here are limited to the own project. */
public final class Networking {

    Networking() {}

    /**
     * The port with this id.
     *
     * @throws CloudException.NotFound if there is none
     */
    public Port port(String id) {
        throw new UnsupportedOperationException();
    }

    /** The port with this id, or empty on 404. Any other error is thrown. */
    public Optional<Port> findPort(String id) {
        throw new UnsupportedOperationException();
    }

    /** The server's ports, in no useful order: sort them by the server's MACs, never otherwise. */
    public List<Port> portsOfServer(String serverId) {
        throw new UnsupportedOperationException();
    }

    /** The project's ports of exactly this name. */
    public List<Port> portsNamed(String name) {
        throw new UnsupportedOperationException();
    }

    /**
     * Makes a port. The answer is the reservation of its addresses: create, never look first.
     *
     * @throws CloudException.Conflict if an address or the MAC is taken ({@code addressTaken()}), or none is left
     * @throws CloudException.Invalid if an address does not fit the network
     * @throws CloudException.Forbidden if addresses on this network may not be chosen
     * @throws CloudException.QuotaExceeded if the project's ports are used up
     * @throws CloudException.NotFound if network, subnet or security group is missing
     */
    public Port createPort(PortSpec spec) {
        throw new UnsupportedOperationException();
    }

    /**
     * Deletes the port, whoever holds it: Neutron does not protect the port of a live server.
     *
     * @return false if it was gone already (404)
     */
    public boolean deletePort(String id) {
        throw new UnsupportedOperationException();
    }

    /** Adds a tag to the port; again is no error. */
    public void tagPort(String portId, String tag) {
        throw new UnsupportedOperationException();
    }

    /**
     * The network with this id.
     *
     * @throws CloudException.NotFound if there is none
     */
    public Network network(String id) {
        throw new UnsupportedOperationException();
    }

    /** The network with this id, or empty on 404. */
    public Optional<Network> findNetwork(String id) {
        throw new UnsupportedOperationException();
    }

    /** The network's subnets. */
    public List<Subnet> subnets(String networkId) {
        throw new UnsupportedOperationException();
    }

    /** The project's security groups. */
    public List<SecurityGroup> securityGroups() {
        throw new UnsupportedOperationException();
    }

    /** The security group with this id, or empty on 404. */
    public Optional<SecurityGroup> findSecurityGroup(String id) {
        throw new UnsupportedOperationException();
    }

    /** The floating IPs that lead to the port. */
    public List<FloatingIp> floatingIpsOf(String portId) {
        throw new UnsupportedOperationException();
    }

    /**
     * Leads a floating IP to a port's address.
     *
     * @throws CloudException.NotFound if floating IP or port is gone
     */
    public FloatingIp associate(String floatingIpId, String portId, String fixedIp) {
        throw new UnsupportedOperationException();
    }

    /** The project's quota by name: {@code ports}, {@code networks}, {@code floatingips}... */
    public Map<String, QuotaLine> quota() {
        throw new UnsupportedOperationException();
    }
}
