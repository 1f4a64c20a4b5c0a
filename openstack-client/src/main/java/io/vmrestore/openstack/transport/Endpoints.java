package io.vmrestore.openstack.transport;

import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.settings.CloudSettings;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openstack4j.api.identity.EndpointURLResolver;
import org.openstack4j.model.identity.URLResolverParams;
import org.openstack4j.model.identity.v3.Endpoint;
import org.openstack4j.model.identity.v3.Token;

/**
 * Finds a service's endpoint in the token's catalog by region and interface. The library's own resolver remembers
 * endpoints for ever and falls back to Keystone's where it finds none.
 */
public final class Endpoints implements EndpointURLResolver {

    private static final Pattern ENDS_IN_VERSION = Pattern.compile(".*/v\\d+(\\.\\d+)?$");

    private final String authUrl;
    private final @Nullable String region;
    private final String endpointInterface;

    /** Resolves as the settings say. */
    public Endpoints(CloudSettings settings) {
        this.authUrl = settings.authUrl().toString();
        this.region = settings.region();
        this.endpointInterface = settings.endpointInterface().name();
    }

    @Override
    public String findURLV3(URLResolverParams wanted) {
        Service service = Service.of(wanted.type);
        if (service == Service.IDENTITY) {
            return authUrl;
        }
        String url = service.catalogTypes().stream()
                .flatMap(type -> inCatalog(wanted.token, type).stream())
                .findFirst()
                .orElseThrow(() -> missing(service));
        return service == Service.VOLUME && ENDS_IN_VERSION.matcher(url).matches()
                // Cinder before 3.67 wants the project in the path; some catalogs leave it out.
                ? url + "/" + wanted.token.getProject().getId()
                : url;
    }

    private Optional<String> inCatalog(Token token, String type) {
        List<? extends org.openstack4j.model.identity.v3.Service> catalog = token.getCatalog();
        if (catalog == null) {
            return Optional.empty();
        }
        return catalog.stream()
                .filter(entry -> type.equals(entry.getType()))
                .flatMap(entry -> entry.getEndpoints().stream())
                .filter(this::matches)
                .map(endpoint -> endpoint.getUrl().toString().replaceAll("/+$", ""))
                .findFirst();
    }

    private boolean matches(Endpoint endpoint) {
        return endpoint.getIface() != null
                && endpointInterface.equals(endpoint.getIface().name())
                && (region == null || region.equals(endpoint.getRegion()) || region.equals(endpoint.getRegionId()));
    }

    private CloudException.Misconfigured missing(Service service) {
        return new CloudException.Misconfigured(Call.current()
                .failed(
                        "GET",
                        "/auth/catalog",
                        0,
                        "the catalog has no %s endpoint%s of service type %s: check OS_REGION_NAME and OS_INTERFACE"
                                .formatted(
                                        endpointInterface.toLowerCase(Locale.ROOT),
                                        region == null ? "" : " in region " + region,
                                        String.join(" or ", service.catalogTypes())),
                        null));
    }

    /** Version 2 of Keystone's API is not spoken. */
    @Override
    public String findURLV2(URLResolverParams wanted) {
        throw new UnsupportedOperationException("Keystone's v2 API is not used");
    }
}
