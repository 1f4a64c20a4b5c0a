package io.vmrestore.openstack.transport;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints that Keystone's catalog has of the services that we use; what it has of others is not looked at.
 *
 * @param entries in the catalog's order
 */
public record Catalog(List<Entry> entries) {

    /** Copies. */
    public Catalog {
        entries = List.copyOf(entries);
    }

    /**
     * One endpoint, as it is written.
     *
     * @param service whose endpoint it is
     * @param type what the catalog calls the service
     * @param endpointInterface public, internal or admin; null if it does not say
     * @param region null if it has none
     * @param regionId null if it has none
     * @param url null if it has none
     */
    record Entry(
            Service service,
            String type,
            @Nullable String endpointInterface,
            @Nullable String region,
            @Nullable String regionId,
            @Nullable String url) {

        /** The region's name or id; null if it has none. */
        @Nullable
        String inRegion() {
            return region == null ? regionId : region;
        }

        boolean isIn(String name) {
            return name.equals(region) || name.equals(regionId);
        }
    }

    /** Reads a token's catalog; whatever in it is of another form than expected is left out. */
    static Catalog of(JsonNode catalog) {
        return new Catalog(catalog.valueStream().flatMap(Catalog::entries).toList());
    }

    private static Stream<Entry> entries(JsonNode service) {
        String type = Json.text(service, "type").strip();
        Service known = Service.ofCatalogType(type);
        return known == null
                ? Stream.empty()
                : service.path("endpoints").valueStream().map(endpoint -> entry(known, type, endpoint));
    }

    private static Entry entry(Service service, String type, JsonNode endpoint) {
        return new Entry(
                service,
                type,
                stripped(endpoint, "interface"),
                stripped(endpoint, "region"),
                stripped(endpoint, "region_id"),
                stripped(endpoint, "url"));
    }

    private static @Nullable String stripped(JsonNode endpoint, String field) {
        String text =
                Objects.requireNonNullElse(Json.textOrNull(endpoint, field), "").strip();
        return text.isEmpty() ? null : text;
    }
}
