package io.vmrestore.openstack.transport;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a service says about its API versions, in any of the forms that services have for it: one version or a list, and
 * Keystone's list in a list.
 *
 * @param offers the versions, in the service's order
 * @param ofOne whether it is that of one version, and not a list of all
 */
record VersionDocument(List<Offer> offers, boolean ofOne) {

    /**
     * One API version.
     *
     * @param id such as {@code v2.1}
     * @param newest its newest microversion; empty if it has none
     * @param path path of its own link, with a slash at its end as a rule; empty if it has none
     */
    record Offer(String id, Optional<ApiVersion> newest, String path) {}

    /** Reads it; without offers if the text is something else. */
    static VersionDocument of(JsonNode answer) {
        JsonNode versions = answer.path("versions");
        return new VersionDocument(
                Stream.concat(
                                Stream.of(answer.path("version")),
                                (versions.isArray() ? versions : versions.path("values")).valueStream())
                        .filter(version ->
                                version.isObject() && !Json.text(version, "id").isBlank())
                        .map(VersionDocument::offer)
                        .toList(),
                answer.path("version").isObject());
    }

    /** The version that our code is written for. */
    Optional<Offer> fitting(Service service) {
        return offers.stream().filter(offer -> service.speaks(offer.id())).findFirst();
    }

    /** Whether it speaks of this service at all: some proxies answer any path with something of their own. */
    boolean isEmpty() {
        return offers.isEmpty();
    }

    String ids() {
        return String.join(", ", offers.stream().map(Offer::id).toList());
    }

    private static Offer offer(JsonNode version) {
        return new Offer(
                Json.text(version, "id").strip(),
                ApiVersion.parse(Json.text(version, "version").strip()),
                Json.list(version.path("links"), link -> link).stream()
                        .filter(link -> "self".equals(Json.text(link, "rel")))
                        .map(link -> path(Json.text(link, "href")))
                        .findFirst()
                        .orElse(""));
    }

    /** Behind a proxy the link's scheme and host are often those that only the service itself knows. */
    private static String path(String link) {
        return link.strip().replaceFirst("^[A-Za-z][A-Za-z0-9+.-]*://[^/]*", "").replaceFirst("[?#].*", "");
    }
}
