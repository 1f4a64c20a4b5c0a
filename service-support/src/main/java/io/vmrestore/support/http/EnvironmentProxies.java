package io.vmrestore.support.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The proxies that the environment names, by curl's rules: {@code HTTP_PROXY} and {@code HTTPS_PROXY} by the URL's
 * scheme, except for hosts of {@code NO_PROXY} (names, domains with all below them, {@code *}). Lower case goes first.
 * This machine itself is never reached through a proxy.
 */
final class EnvironmentProxies extends ProxySelector {

    private static final int DEFAULT_PORT = 1080;

    private final @Nullable Proxy http;
    private final @Nullable Proxy https;
    private final List<String> except;

    /** @throws IllegalArgumentException naming the variable that is wrong */
    EnvironmentProxies(Map<String, String> environment) {
        this.http = proxy("HTTP_PROXY", environment);
        this.https = proxy("HTTPS_PROXY", environment);
        this.except = Arrays.stream(value("NO_PROXY", environment).split("[,\\s]+"))
                .filter(rule -> !rule.isBlank())
                .map(rule -> rule.toLowerCase(Locale.ROOT))
                .toList();
    }

    @Override
    public List<Proxy> select(URI uri) {
        Proxy proxy = "https".equalsIgnoreCase(uri.getScheme()) ? https : http;
        return List.of(proxy == null || direct(uri) ? Proxy.NO_PROXY : proxy);
    }

    /** Told by whoever tried. */
    @Override
    public void connectFailed(URI uri, SocketAddress proxy, IOException failure) {}

    private boolean direct(URI uri) {
        String host = Objects.requireNonNullElse(uri.getHost(), "").toLowerCase(Locale.ROOT);
        boolean here = host.equals("localhost") || host.matches("127(\\.\\d+){3}") || host.equals("[::1]");
        return here || except.stream().anyMatch(rule -> matches(rule, host, uri.getPort()));
    }

    private static boolean matches(String rule, String host, int port) {
        if (rule.equals("*")) {
            return true;
        }
        String name = rule.replaceFirst("^\\*?\\.", "");
        if (name.matches("[^:\\[\\]]+:\\d+") || name.matches("\\[.*\\]:\\d+")) {
            if (!name.endsWith(":" + port)) {
                return false;
            }
            name = name.substring(0, name.lastIndexOf(':'));
        }
        String bare = host.replaceAll("[\\[\\]]", "");
        return bare.equals(name.replaceAll("[\\[\\]]", "")) || bare.endsWith("." + name);
    }

    private static @Nullable Proxy proxy(String variable, Map<String, String> environment) {
        String value = value(variable, environment);
        if (value.isEmpty()) {
            return null;
        }
        URI uri = uri(variable, value);
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    variable + " has a user name in it: proxies that want a password are not supported");
        }
        if (!"http".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null) {
            throw new IllegalArgumentException(
                    variable + " is '" + value + "': it must be a URL such as http://proxy.example.com:3128");
        }
        return new Proxy(
                Proxy.Type.HTTP,
                InetSocketAddress.createUnresolved(uri.getHost(), uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort()));
    }

    private static URI uri(String variable, String value) {
        try {
            return URI.create(value.contains("://") ? value : "http://" + value);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(
                    variable + " is no URL such as http://proxy.example.com:3128", malformed);
        }
    }

    private static String value(String variable, Map<String, String> environment) {
        String lower = environment.getOrDefault(variable.toLowerCase(Locale.ROOT), "");
        return (lower.isBlank() ? environment.getOrDefault(variable, "") : lower).strip();
    }
}
