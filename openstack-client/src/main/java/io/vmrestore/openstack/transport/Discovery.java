package io.vmrestore.openstack.transport;

import io.vmrestore.common.connection.CallFault;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.settings.CloudSettings;
import io.vmrestore.openstack.transport.VersionDocument.Offer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds each service's API behind the endpoint that the catalog names, as keystoneauth does: the catalog may leave out
 * version and project, and services say themselves what versions they have. Agrees once on a microversion: ours, or the
 * service's newest if that is older and still enough. A service that does not tell is taken at the catalog's word.
 */
public final class Discovery {

    /** What was not confirmed by the service itself is looked for again after so long. */
    private static final Duration UNCONFIRMED = Duration.ofMinutes(1);

    private final Endpoints endpoints;
    private final ApiRoot keystone;
    private final TimeSource time;
    private final Map<String, ApiRoot> found = new ConcurrentHashMap<>();

    Discovery(CloudSettings settings, TimeSource time) {
        this.endpoints = new Endpoints(settings);
        this.time = time;
        String authUrl = settings.authUrl().toString();
        this.keystone = ApiRoot.of(authUrl, authUrl, null, false, time.nanoTime());
    }

    /**
     * The service's API for the token's project.
     *
     * @throws CloudException.Misconfigured if the catalog has no such endpoint, or the service no such version
     */
    Api api(Service service, AccessToken token) {
        if (service == Service.IDENTITY) {
            return identity();
        }
        EndpointPath endpoint = EndpointPath.of(endpoints.url(service, token.catalog()), token.projectId());
        ApiRoot root = found.get(key(service, endpoint.withoutProject()));
        if (root == null || stale(root)) {
            // Two threads may both ask at the start; they get the same answer.
            root = find(service, endpoint, token);
            found.put(key(service, endpoint.withoutProject()), root);
        }
        return root.with(endpoint.suffix(service, root.url(), token.projectId()));
    }

    /** Why the settings choose no region of the token's catalog, with the remedy; null if they do. */
    public @Nullable String regionFault(AccessToken token) {
        return endpoints.regionFault(token.catalog());
    }

    /** Keystone, whose URL is a setting and has its version already. */
    Api identity() {
        return keystone.with("");
    }

    /** Looks for it again at the next call: it may have moved, or have other versions now. */
    void forget(Service service, ApiRoot root) {
        found.remove(key(service, root.catalogUrl()), root);
    }

    private boolean stale(ApiRoot root) {
        return !root.answers().get() && time.since(root.foundAt()).compareTo(UNCONFIRMED) > 0;
    }

    private static String key(Service service, String url) {
        return service + " " + url;
    }

    private ApiRoot find(Service service, EndpointPath endpoint, AccessToken token) {
        boolean confirmable = service.wanted() != null;
        if (!endpoint.versionFits(service)) {
            return behindRoot(service, endpoint, token, confirmable);
        }
        Optional<Offer> offer =
                confirmable ? ask(endpoint.withoutProject(), token).fitting(service) : Optional.empty();
        return root(service, endpoint, endpoint.withoutProject(), offer, offer.isPresent());
    }

    private ApiRoot behindRoot(Service service, EndpointPath endpoint, AccessToken token, boolean confirmable) {
        VersionDocument document = ask(endpoint.withoutVersion(), token);
        Optional<Offer> offer = document.fitting(service);
        if (offer.isEmpty() && !document.isEmpty()) {
            throw misconfigured(
                    CallFault.CATALOG,
                    endpoint.withoutVersion(),
                    "the %s API at %s has the versions %s, but %s is needed: correct the catalog in Keystone"
                            .formatted(
                                    service.commonName(),
                                    EndpointUrl.shown(endpoint.withoutVersion()),
                                    document.ids(),
                                    service.version()));
        }
        List<String> candidates =
                endpoint.candidates(service, offer.map(Offer::path).orElse(""));
        if (!confirmable) {
            return root(service, endpoint, candidates.getFirst(), Optional.empty(), offer.isPresent());
        }
        for (String candidate : candidates) {
            VersionDocument own = ask(candidate, token);
            boolean list = candidate.equals(endpoint.withoutVersion()) && !own.ofOne();
            if (own.fitting(service).isPresent() && !list) {
                return root(service, endpoint, candidate, own.fitting(service), true);
            }
        }
        String url = offer.isPresent() ? candidates.getFirst() : endpoint.withoutProject();
        return root(service, endpoint, url, offer, false);
    }

    private ApiRoot root(Service service, EndpointPath endpoint, String url, Optional<Offer> offer, boolean answers) {
        String header = offer.flatMap(Offer::newest)
                .map(newest -> header(service, url, newest))
                .orElseGet(() -> service.wanted() == null ? null : service.versionName() + " " + service.wanted());
        return ApiRoot.of(endpoint.withoutProject(), url, header, answers, time.nanoTime());
    }

    private static String header(Service service, String url, ApiVersion newest) {
        ApiVersion wanted = Objects.requireNonNull(service.wanted());
        ApiVersion least = Objects.requireNonNull(service.least());
        if (newest.compareTo(least) < 0) {
            throw misconfigured(
                    CallFault.API_VERSION,
                    url,
                    "the cloud's newest %s API version is %s, but %s is needed"
                            .formatted(service.versionName(), newest, least));
        }
        return service.versionName() + " " + (newest.compareTo(wanted) < 0 ? newest : wanted);
    }

    /** Without offers if the service does not tell; ours is tried then, and a 406 will name the service's range. */
    private static VersionDocument ask(String url, AccessToken token) {
        try {
            return VersionDocument.of(Call.current()
                    .transport()
                    .send(Outgoing.versionsOf(url, token.id()), Call.current())
                    .jsonOrNothing());
        } catch (CloudException e) {
            if (tellsNothing(e)) {
                return VersionDocument.of(Json.object());
            }
            throw e;
        }
    }

    /** A refusal may be a proxy's that passes on nothing but the paths of resources. */
    private static boolean tellsNothing(CloudException refusal) {
        return switch (refusal.call().status()) {
            case 400, 401, 403, 404, 405, 406, 410, 501 -> true;
            default -> false;
        };
    }

    private static CloudException.Misconfigured misconfigured(CallFault kind, String url, String message) {
        return new CloudException.Misconfigured(Call.current().failed("GET", url, 200, message, null), kind);
    }
}
