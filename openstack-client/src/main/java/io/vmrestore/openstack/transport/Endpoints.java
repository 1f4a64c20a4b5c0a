package io.vmrestore.openstack.transport;

import static java.util.function.Predicate.not;

import io.vmrestore.common.connection.CallFault;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.settings.CloudSettings;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a service's endpoint from a catalog: of the settings' interface, and of one region for all services. It never
 * guesses: where the catalog leaves a choice or holds nothing that can be used, it says so and names the remedy. An
 * endpoint that cannot be used is left out, and named only if it is the one that is needed.
 */
final class Endpoints {

    private final String authUrl;
    private final @Nullable String region;
    private final String endpointInterface;

    /** Chooses as the settings say. */
    Endpoints(CloudSettings settings) {
        this.authUrl = settings.authUrl().toString();
        this.region = settings.region();
        this.endpointInterface = settings.endpointInterface().name().toLowerCase(Locale.ROOT);
    }

    /**
     * The URL of the service as the catalog has it, without slashes at its end; Keystone is always at OS_AUTH_URL.
     *
     * @throws CloudException.Misconfigured if there is not exactly one
     */
    String url(Service service, Catalog catalog) {
        if (service == Service.IDENTITY) {
            return authUrl;
        }
        String chosen = region(catalog);
        List<Catalog.Entry> candidates = service.catalogTypes().stream()
                .map(type -> ofType(type, chosen, catalog))
                .filter(not(List::isEmpty))
                .findFirst()
                .orElseThrow(() -> nothing(service, chosen, catalog));
        List<String> urls = candidates.stream()
                .map(entry -> EndpointUrl.trimmed(Objects.requireNonNull(entry.url())))
                .distinct()
                .toList();
        if (urls.size() > 1) {
            throw misconfigured("the catalog has several %s endpoints for %s%s: %s. Keep one of them in Keystone"
                    .formatted(
                            endpointInterface,
                            service.commonName(),
                            in(chosen),
                            urls.stream().map(EndpointUrl::shown).collect(Collectors.joining(", "))));
        }
        return urls.getFirst();
    }

    /** The region of all services; null for a cloud that has no regions. */
    private @Nullable String region(Catalog catalog) {
        if (region != null) {
            return region;
        }
        String fault = regionFault(catalog);
        if (fault != null) {
            throw misconfigured(fault);
        }
        Set<String> regions = regions(usable(catalog));
        return regions.isEmpty() ? null : regions.iterator().next();
    }

    /** Why the settings choose no region of this catalog, with the remedy; null if they do. */
    @Nullable
    String regionFault(Catalog catalog) {
        Set<String> regions = regions(usable(catalog));
        if (region == null) {
            return regions.size() <= 1
                    ? null
                    : "the catalog has several regions (%s) and OS_REGION_NAME is not set: set it to one of them"
                            .formatted(String.join(", ", regions));
        }
        return regions.isEmpty() || usable(catalog).anyMatch(entry -> entry.isIn(region))
                ? null
                : "OS_REGION_NAME is %s, but the catalog has %s: set it to one that the catalog has"
                        .formatted(region, String.join(", ", regions));
    }

    private List<Catalog.Entry> ofType(String type, @Nullable String chosen, Catalog catalog) {
        return usable(catalog)
                .filter(entry -> type.equals(entry.type()))
                .filter(in -> chosen == null || in.isIn(chosen))
                .toList();
    }

    private Stream<Catalog.Entry> usable(Catalog catalog) {
        return ofInterface(catalog).filter(entry -> EndpointUrl.fault(entry.url()) == null);
    }

    private Stream<Catalog.Entry> ofInterface(Catalog catalog) {
        return catalog.entries().stream()
                .filter(entry -> entry.service() != Service.IDENTITY)
                .filter(entry -> endpointInterface.equals(interfaceOf(entry)));
    }

    /** As Keystone has it, or as Keystone's second API had it: {@code publicURL}. */
    private static @Nullable String interfaceOf(Catalog.Entry entry) {
        String text = entry.endpointInterface();
        return text == null ? null : text.toLowerCase(Locale.ROOT).replaceFirst("url$", "");
    }

    private static Set<String> regions(Stream<Catalog.Entry> entries) {
        return entries.map(Catalog.Entry::inRegion)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private CloudException.Misconfigured nothing(Service service, @Nullable String chosen, Catalog catalog) {
        Predicate<Catalog.Entry> ofService = entry -> entry.service() == service;
        List<Catalog.Entry> here = ofInterface(catalog)
                .filter(ofService)
                .filter(entry -> chosen == null || entry.inRegion() == null || entry.isIn(chosen))
                .toList();
        for (Catalog.Entry entry : here) {
            String fault = EndpointUrl.fault(entry.url());
            if (fault != null || entry.inRegion() == null) {
                return misconfigured("the catalog's %s endpoint for %s%s %s: correct it in Keystone"
                        .formatted(
                                endpointInterface,
                                service.commonName(),
                                in(entry.inRegion()),
                                fault == null ? "has no region" : fault));
            }
        }
        Set<String> interfaces = catalog.entries().stream()
                .filter(ofService)
                .filter(entry -> chosen == null || entry.isIn(chosen))
                .map(Endpoints::interfaceOf)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
        return misconfigured("the catalog has no %s endpoint%s of service type %s: %s"
                .formatted(
                        endpointInterface,
                        chosen == null ? "" : " in region " + chosen,
                        String.join(" or ", service.catalogTypes()),
                        remedy(service, catalog, interfaces)));
    }

    private String remedy(Service service, Catalog catalog, Set<String> interfaces) {
        Set<String> elsewhere = regions(ofInterface(catalog).filter(entry -> entry.service() == service));
        StringBuilder text = new StringBuilder("check OS_REGION_NAME and OS_INTERFACE");
        if (!interfaces.isEmpty()) {
            text.append("; it has the interfaces ").append(String.join(", ", interfaces));
        }
        if (!elsewhere.isEmpty()) {
            text.append("; the service is in ").append(oneOf(elsewhere));
        }
        return text.toString();
    }

    private static String in(@Nullable String region) {
        return region == null ? "" : " in " + region;
    }

    private static String oneOf(Set<String> names) {
        return String.join(" or ", names);
    }

    private static CloudException.Misconfigured misconfigured(String message) {
        return new CloudException.Misconfigured(
                Call.current().failed("GET", "/auth/catalog", 0, message, null), CallFault.CATALOG);
    }
}
