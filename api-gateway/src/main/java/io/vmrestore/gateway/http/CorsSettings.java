package io.vmrestore.gateway.http;

import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Whose pages may use the API in a browser.
 *
 * @param origins beside this gateway's own ({@code RESTORE_CORS_ORIGINS}); none by default
 */
@ConfigurationProperties("restore.gateway.cors")
public record CorsSettings(List<String> origins) {
    /** RFC 6454: what a browser sends in {@code Origin}. */
    private static final Pattern ORIGIN =
            Pattern.compile("https?://([a-z0-9_]([a-z0-9._-]*[a-z0-9_])?|\\[[0-9a-f:.]+])(:[1-9][0-9]{0,4})?");

    /** @throws IllegalArgumentException naming what is no origin */
    public CorsSettings {
        origins = origins.stream().map(String::strip).toList();
        for (String origin : origins) {
            if (!ORIGIN.matcher(origin).matches()) {
                throw new IllegalArgumentException("RESTORE_CORS_ORIGINS has '" + origin
                        + "' where an origin is expected, as a browser sends it: scheme, host in lower case, and the"
                        + " port unless it is the scheme's own, such as https://portal.example.com or"
                        + " http://localhost:3000; several are parted by commas");
            }
        }
    }
}
