package io.vmrestore.simulator.cloud.network;

import java.math.BigInteger;

/** A block of addresses, such as 10.10.0.0/24. */
public record Cidr(IpAddress first, int prefix) {

    public static Cidr of(String text) {
        int slash = text.indexOf('/');
        return new Cidr(IpAddress.of(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }

    public int version() {
        return first.version();
    }

    public IpAddress last() {
        return first.plus(BigInteger.ONE.shiftLeft(first.bits() - prefix).subtract(BigInteger.ONE));
    }

    public boolean contains(IpAddress address) {
        return address.version() == version() && address.compareTo(first) >= 0 && address.compareTo(last()) <= 0;
    }

    /**
     * Whether a port may have the address: within the block, neither the network's own nor (IPv4) the broadcast one.
     */
    public boolean assignable(IpAddress address) {
        return contains(address) && !address.equals(first) && !(version() == 4 && address.equals(last()));
    }

    @Override
    public String toString() {
        return first + "/" + prefix;
    }
}
