package io.vmrestore.openstack.settings;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the cloud is and who we are there.
 *
 * @param authUrl Keystone, with or without the trailing {@code /v3} ({@code OS_AUTH_URL})
 * @param region region of the catalog's endpoints ({@code OS_REGION_NAME}); any if null
 * @param endpointInterface which endpoints of the catalog are used ({@code OS_INTERFACE})
 * @param credentials the admin credentials, as in an openrc file
 * @param serviceUser who acts in other projects; null: only the credentials' own project can be worked in
 * @param connectTimeout longest wait for a TCP connection
 * @param requestTimeout longest wait for the answer to one request
 */
public record CloudSettings(
        URI authUrl,
        @Nullable String region,
        EndpointInterface endpointInterface,
        Credentials credentials,
        @Nullable ServiceUser serviceUser,
        Duration connectTimeout,
        Duration requestTimeout) {

    /** Time to connect unless told otherwise. */
    public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** Time for an answer unless told otherwise; Nova may need long for a create on a busy cloud. */
    public static final Duration DEFAULT_REQUEST_TIMEOUT = Duration.ofSeconds(60);

    /**
     * An empty region counts as absent; {@code /v3} is appended to the auth URL where it is missing.
     *
     * @throws IllegalArgumentException if the auth URL is no http(s) URL or a timeout is not positive
     */
    public CloudSettings {
        authUrl = identityV3(authUrl);
        region = region == null || region.isBlank() ? null : region.strip();
        requirePositive(connectTimeout, "connect timeout");
        requirePositive(requestTimeout, "request timeout");
    }

    /** Settings with the default timeouts, any region and the public endpoints. */
    public static CloudSettings of(URI authUrl, Credentials credentials, @Nullable ServiceUser serviceUser) {
        return new CloudSettings(
                authUrl,
                null,
                EndpointInterface.PUBLIC,
                credentials,
                serviceUser,
                DEFAULT_CONNECT_TIMEOUT,
                DEFAULT_REQUEST_TIMEOUT);
    }

    private static URI identityV3(URI url) {
        String scheme = url.getScheme();
        if (url.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw new IllegalArgumentException(
                    "OS_AUTH_URL is '%s': it must be a URL such as https://keystone.example.com:5000/v3"
                            .formatted(url));
        }
        String text = url.toString().replaceAll("/+$", "");
        return URI.create(text.endsWith("/v3") ? text : text + "/v3");
    }

    private static void requirePositive(Duration timeout, String name) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("The %s is %s: it must be positive".formatted(name, timeout));
        }
    }
}
