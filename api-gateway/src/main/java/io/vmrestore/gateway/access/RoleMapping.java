package io.vmrestore.gateway.access;

import io.vmrestore.common.access.Role;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which Keystone role gives which role here. Keystone compares role names without regard to case, and so do we. */
public final class RoleMapping {
    private final Map<String, Role> byKeystoneRole;

    private RoleMapping(Map<String, Role> byKeystoneRole) {
        this.byKeystoneRole = Map.copyOf(byKeystoneRole);
    }

    /**
     * Reads {@code reader=viewer,member=operator}. Settings are bound through this method.
     *
     * @throws IllegalArgumentException if the text has another form or names an unknown role
     */
    public static RoleMapping valueOf(String text) {
        Map<String, Role> mapping = new LinkedHashMap<>();
        for (String pair : text.split(",", -1)) {
            String[] sides = pair.split("=", -1);
            if (sides.length != 2 || sides[0].isBlank()) {
                throw new IllegalArgumentException("RESTORE_ROLE_MAPPING has '" + pair.trim()
                        + "' where <keystone role>=<role> is expected, such as member=operator");
            }
            Role role = Role.ofWireName(sides[1].trim())
                    .orElseThrow(() -> new IllegalArgumentException("RESTORE_ROLE_MAPPING names the role '"
                            + sides[1].trim() + "'; known are "
                            + Arrays.stream(Role.values()).map(Role::wireName).collect(Collectors.joining(", "))));
            mapping.put(key(sides[0]), role);
        }
        return new RoleMapping(mapping);
    }

    /** The strongest role that any of these Keystone roles gives. */
    public Optional<Role> strongest(Collection<String> keystoneRoles) {
        return keystoneRoles.stream()
                .<@Nullable Role>map(name -> byKeystoneRole.get(key(name)))
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder());
    }

    private static String key(String keystoneRole) {
        return keystoneRole.trim().toLowerCase(Locale.ROOT);
    }
}
