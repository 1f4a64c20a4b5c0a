package io.vmrestore.support.listener;

import io.micrometer.core.instrument.MeterRegistry;
import io.vmrestore.common.metrics.Metric;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.support.metrics.Meters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the listeners of a service. */
public final class Listeners {
    private static final Logger log = LoggerFactory.getLogger(Listeners.class);

    private final ListenerSettings settings;
    private final MeterRegistry registry;
    private final TimeSource time;
    private final RequestRates ratesOfService;
    private final Refusals refusalsOfService;
    private final int mostConnections;

    /** @throws IllegalStateException if the process may open too few files for its connections */
    Listeners(ListenerSettings settings, MeterRegistry registry, TimeSource time) {
        this.settings = settings;
        this.registry = registry;
        this.time = time;
        this.ratesOfService = new RequestRates(settings.requestsPerSecond(), time);
        this.refusalsOfService = new Refusals("service", registry, time);
        Descriptors descriptors = Descriptors.ofThisProcess();
        this.mostConnections = descriptors.connections(settings);
        if (mostConnections < settings.connections()) {
            log.warn(
                    "Only {} connections at once instead of RESTORE_HTTP_MAX_CONNECTIONS, {}: this process may open {}"
                            + " files. Raise that with ulimit -n",
                    mostConnections,
                    settings.connections(),
                    descriptors.limit());
        }
    }

    /** Most connections at once to the service's own listener. */
    public int mostConnections() {
        return mostConnections;
    }

    Listener ofService() {
        return listener(
                "service", mostConnections, settings.connectionsPerAddress(), ratesOfService, refusalsOfService);
    }

    /** Its few connections come out of the reserve of descriptors. */
    Listener ofManagement() {
        return listener(
                "management",
                settings.managementConnections(),
                settings.managementConnections(),
                new RequestRates(settings.requestsPerSecond(), time),
                new Refusals("management", registry, time));
    }

    StreamRates streamRates() {
        return new StreamRates(ratesOfService, refusalsOfService, settings.proxies());
    }

    private Listener listener(String name, int most, int mostPerAddress, RequestRates rates, Refusals refusals) {
        ConnectionLimits limits =
                new ConnectionLimits(most, mostPerAddress, settings.proxies()::include, refusals::overLimit);
        new Meters(registry).gauge(Metric.HTTP_CONNECTIONS, limits, ConnectionLimits::open, name);
        return new Listener(settings, limits, rates, refusals);
    }
}
