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
     * The marker of the next page; null after the last. Only the marker is taken: behind a proxy the link's host is
     * often one that cannot be reached, and the token must not go there.
     */
    static @Nullable String nextMarker(JsonNode links) {
        for (JsonNode link : links) {
            if ("next".equals(link.path("rel").asText())) {
                Matcher matcher = MARKER.matcher(link.path("href").asText());
                return matcher.find() ? URLDecoder.decode(matcher.group(1), StandardCharsets.UTF_8) : null;
            }
        }
        return null;
    }
}
