package io.vmrestore.openstack;

import io.micrometer.observation.ObservationRegistry;
import io.vmrestore.openstack.settings.CloudSettings;
import io.vmrestore.openstack.transport.Transport;
import java.net.http.HttpClient;
import java.time.InstantSource;

/** The way to a cloud over a client of the simulation. */
public final class SimulatedAccess {
    private SimulatedAccess() {}

    /** As {@link OpenStack#connect(CloudSettings)}, but over the given client. */
    public static OpenStack connect(CloudSettings settings, HttpClient client, InstantSource clock) {
        return new OpenStack(
                settings, new Transport(client, settings.requestTimeout(), ObservationRegistry.NOOP), clock);
    }
}
