package io.vmrestore.openstack.settings;

import java.util.Arrays;
import java.util.Locale;

/** Which of a service's catalog endpoints is used, as {@code OS_INTERFACE} says in an openrc file. */
public enum EndpointInterface {
    /** Reachable by everybody. */
    PUBLIC,
    /** Reachable inside the cloud. */
    INTERNAL,
    /** For operators. */
    ADMIN;

    /**
     * Reads the value of {@code OS_INTERFACE}; the old spelling {@code publicURL} is understood too.
     *
     * @throws IllegalArgumentException naming the accepted values
     */
    public static EndpointInterface of(String text) {
        String name = text.strip().toUpperCase(Locale.ROOT);
        String bare = name.endsWith("URL") ? name.substring(0, name.length() - 3) : name;
        return Arrays.stream(values())
                .filter(value -> value.name().equals(bare))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "OS_INTERFACE is '%s': it must be public, internal or admin".formatted(text)));
    }
}
