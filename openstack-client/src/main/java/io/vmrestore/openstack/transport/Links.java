package io.vmrestore.openstack.transport;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Links of a list's page to the next one. */
final class Links {

    private static final Pattern MARKER = Pattern.compile("[?&]marker=([^&]+)");

    private Links() {}

    /**
     * The marker of the page after this one; null after the last. Only the marker is taken: behind a proxy the link's
     * host is often one that cannot be reached, and the token must not go there.
     *
     * @param key the list's key: the links are in {@code <key>_links}, or, from Keystone, {@code links.next}
     */
    static @Nullable String nextMarker(JsonNode answer, String key) {
        for (JsonNode link : answer.path(key + "_links")) {
            if ("next".equals(link.path("rel").asText())) {
                return marker(link.path("href").asText());
            }
        }
        return marker(answer.path("links").path("next").asText());
    }

    private static @Nullable String marker(String link) {
        Matcher matcher = MARKER.matcher(link);
        return matcher.find() ? URLDecoder.decode(matcher.group(1), StandardCharsets.UTF_8) : null;
    }
}
