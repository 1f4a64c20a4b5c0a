package io.vmrestore.openstack;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.vmrestore.common.connection.CallFault;
import io.vmrestore.common.time.Chance;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.failure.FailedCall;
import io.vmrestore.openstack.identity.Authentication;
import io.vmrestore.openstack.identity.Identity;
import io.vmrestore.openstack.identity.ServiceUserAccess;
import io.vmrestore.openstack.settings.CloudSettings;
import io.vmrestore.openstack.settings.ServiceUser;
import io.vmrestore.openstack.transport.AccessToken;
import io.vmrestore.openstack.transport.Caller;
import io.vmrestore.openstack.transport.RequestIds;
import io.vmrestore.openstack.transport.TokenHolder;
import io.vmrestore.openstack.transport.Transport;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.time.InstantSource;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Entry to one cloud: keeps the connections and the tokens, and hands out views of projects. Safe for any number of
 * platform and virtual threads.
 */
public final class OpenStack implements AutoCloseable {
    private static final int MOST_PROJECTS = 10_000;

    private final CloudSettings settings;
    private final Transport transport;
    private final Caller.Wire wire;
    private final InstantSource clock;
    private final TokenHolder adminTokens;
    private final Identity identity;
    private final Authentication authentication;
    private final ProjectTokens projectTokens = new ProjectTokens(MOST_PROJECTS);

    OpenStack(CloudSettings settings, Transport transport, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.transport = transport;
        this.wire = Caller.Wire.of(settings, transport);
        this.authentication = new Authentication(settings, wire);
        this.adminTokens = new TokenHolder(authentication::admin, clock);
        this.identity = new Identity(authentication, Caller.of(wire, adminTokens));
    }

    /** Prepares the way to the cloud; makes no request, so a cloud that is down does not stop a start. */
    public static OpenStack connect(CloudSettings settings) {
        return connect(settings, ObservationRegistry.NOOP, TimeSource.system(), Chance.system());
    }

    /** As {@link #connect(CloudSettings)}, with the timers {@code restore.openstack.requests} in the given registry. */
    public static OpenStack connect(CloudSettings settings, MeterRegistry meters, TimeSource time, Chance chance) {
        HttpClient client = Transport.client(settings.connectTimeout()).build();
        return connect(settings, new Transport(client, settings.requestTimeout(), observations(meters), time, chance));
    }

    /**
     * As {@link #connect(CloudSettings, MeterRegistry, TimeSource, Chance)}, by another way.
     *
     * @param tls whom to trust, and our own certificate
     * @param proxies through what connections go
     */
    public static OpenStack connect(
            CloudSettings settings,
            SSLContext tls,
            ProxySelector proxies,
            MeterRegistry meters,
            TimeSource time,
            Chance chance) {
        HttpClient client = Transport.client(settings.connectTimeout())
                .sslContext(tls)
                .proxy(proxies)
                .build();
        return connect(settings, new Transport(client, settings.requestTimeout(), observations(meters), time, chance));
    }

    private static ObservationRegistry observations(MeterRegistry meters) {
        ObservationRegistry observations = ObservationRegistry.create();
        observations
                .observationConfig()
                .observationHandler(new DefaultMeterObservationHandler(
                        meters, DefaultMeterObservationHandler.IgnoredMeters.LONG_TASK_TIMER));
        return observations;
    }

    /**
     * As {@link #connect(CloudSettings)}, with each request an observation {@code restore.openstack.requests} (tags
     * service, method, status): Spring Boot's registry makes timers and spans of it and sends {@code traceparent}.
     */
    public static OpenStack connect(
            CloudSettings settings, ObservationRegistry observations, TimeSource time, Chance chance) {
        return connect(
                settings,
                new Transport(settings.connectTimeout(), settings.requestTimeout(), observations, time, chance));
    }

    /** As {@link #connect(CloudSettings)}, on a way to the cloud that is there already, and is closed with this. */
    public static OpenStack connect(CloudSettings settings, Transport transport) {
        return new OpenStack(settings, transport, transport.time());
    }

    /** Keystone, asked with the admin credentials. */
    public Identity identity() {
        return identity;
    }

    /**
     * The given project, worked in by the service user with a token scoped to that project; before its first token the
     * service user's admin role there is checked and, where it is missing, granted with the admin credentials. Without
     * a service user the admin credentials act, and only in their own project. No request is made before the first use.
     *
     * <p>First use throws {@link CloudException.Misconfigured} if no service user is configured and the project is not
     * the credentials' own; never is another identity used instead.
     *
     * @throws IllegalArgumentException if the project id is empty
     */
    public ProjectCloud project(String projectId) {
        if (projectId.isBlank()) {
            throw new IllegalArgumentException("The project id is empty");
        }
        TokenHolder tokens = projectTokens.of(projectId, this::tokensFor);
        return new ProjectCloud(Caller.of(wire, tokens), projectId);
    }

    /** The credentials' own project with the admin credentials: reads that need the admin's view of other projects. */
    public ProjectCloud admin() {
        return new ProjectCloud(Caller.of(wire, adminTokens), null);
    }

    /**
     * Holds the settings' region against the catalog of the credentials' token, before any service is asked.
     *
     * @throws CloudException.Misconfigured of kind {@link CallFault#CATALOG} naming the catalog's regions, if the
     *     settings choose none of them
     */
    public void requireRegion() {
        @Nullable String fault = wire.apis().regionFault(adminTokens.current());
        if (fault != null) {
            throw new CloudException.Misconfigured(
                    new FailedCall(
                            "identity", "GET", "/auth/catalog", 0, fault, RequestIds.next(transport.chance()), null),
                    CallFault.CATALOG);
        }
    }

    /** Whether projects other than the credentials' own can be worked in. */
    public boolean serviceUserConfigured() {
        return settings.serviceUser() != null;
    }

    private TokenHolder tokensFor(String projectId) {
        ServiceUser user = settings.serviceUser();
        if (user == null) {
            return new TokenHolder(() -> ownTokenFor(projectId), clock);
        }
        ServiceUserAccess access = new ServiceUserAccess(user, authentication, identity);
        return new TokenHolder(() -> access.token(projectId), clock);
    }

    private AccessToken ownTokenFor(String projectId) {
        AccessToken own = authentication.admin();
        if (own.projectId().equals(projectId)) {
            return own;
        }
        throw new CloudException.Misconfigured(
                new FailedCall(
                        "identity",
                        "POST",
                        "/v3/auth/tokens",
                        0,
                        ("project %s is not the credentials' own and no service user is configured: set "
                                        + "SNAPSHOT_SERVICE_USER_EMAIL, SNAPSHOT_SERVICE_USER_PASSWORD and "
                                        + "SNAPSHOT_SERVICE_USER_DOMAIN")
                                .formatted(projectId),
                        RequestIds.next(transport.chance()),
                        null),
                CallFault.IDENTITIES);
    }

    /** Closes the connections; views that were handed out must not be used afterwards. */
    @Override
    public void close() {
        transport.close();
    }
}
