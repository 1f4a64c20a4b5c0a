package io.vmrestore.openstack.transport;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says of a URL that somebody else has written whether requests can be sent there, and how it may be shown. */
final class EndpointUrl {

    private static final int LONGEST_SHOWN = 200;
    private static final int LAST_PORT = 65_535;

    private EndpointUrl() {}

    /** Why no request can be sent to an endpoint of this URL; null if one can. */
    static @Nullable String fault(@Nullable String url) {
        if (url == null) {
            return "has no URL";
        }
        String is = "is '" + shown(url) + "', which ";
        if (url.contains("%(") || url.contains("$(")) {
            return is + "holds a placeholder that Keystone has not filled in";
        }
        try {
            URI uri = new URI(url);
            return http(uri) ? misplaced(uri, is) : is + "is no http URL";
        } catch (URISyntaxException e) {
            return is + "is no http URL";
        }
    }

    private static boolean http(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        return (scheme.equals("http") || scheme.equals("https")) && uri.getRawAuthority() != null;
    }

    private static @Nullable String misplaced(URI uri, String is) {
        if (uri.getHost() == null) {
            return is + "has no valid host name and port";
        }
        if (uri.getPort() == 0 || uri.getPort() > LAST_PORT) {
            return is + "has no valid port";
        }
        if (uri.getRawUserInfo() != null) {
            return is + "has a user name in it";
        }
        return uri.getRawQuery() != null || uri.getRawFragment() != null ? is + "is more than a host and a path" : null;
    }

    /** One line of it, without a password or a query that may be in it. */
    static String shown(String url) {
        String plain = url.replaceAll("(?<=//)[^/@\\s]*@", "***@")
                .replaceAll("\\?.*", "?...")
                .replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ");
        return plain.length() <= LONGEST_SHOWN ? plain : plain.substring(0, LONGEST_SHOWN) + "...";
    }

    /** Without slashes at its end. */
    static String trimmed(String url) {
        return url.replaceAll("/+$", "");
    }
}
