package io.vmrestore.executor.step.createport;

import io.vmrestore.openstack.failure.CloudException;

/** What Neutron refused of a port that asks for addresses and a MAC. */
final class PortRefusal {
    private PortRefusal() {}

    /** Whether an address or the MAC belongs to another port. */
    static boolean ofWhatIsTaken(CloudException refused) {
        return refused instanceof CloudException.Conflict conflict && conflict.addressTaken();
    }

    /** Whether what was refused may be free in a moment: no conflict is for ever. */
    static boolean ofWhatMayBeFreed(CloudException refused) {
        return refused instanceof CloudException.Conflict;
    }

    /** Whether the MAC was refused. A refusal by policy may mean either; the MAC is the lesser loss. */
    static boolean ofMac(CloudException refused) {
        return refused instanceof CloudException.Forbidden
                || (refused instanceof CloudException.Conflict conflict && conflict.macTaken());
    }

    /** Whether the addresses were refused, or may have been. */
    static boolean ofAddresses(CloudException refused) {
        return switch (refused) {
            case CloudException.Conflict conflict ->
                conflict.addressTaken() || "IpAddressGenerationFailure".equals(conflict.type());
            case CloudException.Invalid invalid ->
                invalid.type() != null
                        && (invalid.type().contains("Ip")
                                || invalid.type().contains("Address")
                                || invalid.type().contains("Subnet")
                                || invalid.type().equals("InvalidInput"));
            // A tenant may not choose addresses on a network that it only shares.
            case CloudException.Forbidden _ -> true;
            case CloudException.NotFound _,
                    CloudException.QuotaExceeded _,
                    CloudException.Unauthorized _,
                    CloudException.RateLimited _,
                    CloudException.Unavailable _,
                    CloudException.Misconfigured _ -> false;
        };
    }
}
