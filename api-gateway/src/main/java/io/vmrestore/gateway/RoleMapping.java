package io.vmrestore.gateway;

import io.vmrestore.support.access.Role;
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

/**
 * Which role of Keystone or of an outside issuer gives which role here. Keystone compares role names without regard to
 * case, and so do we.
 */
public final class RoleMapping {
    private final Map<String, Role> byForeignRole;

    private RoleMapping(Map<String, Role> byForeignRole) {
        this.byForeignRole = Map.copyOf(byForeignRole);
    }

    /**
     * Reads {@code reader=viewer,member=operator}.
     *
     * @param setting the environment variable that the text comes from
     * @throws IllegalArgumentException if the text has another form or names an unknown role
     */
    public static RoleMapping read(String setting, String text) {
        Map<String, Role> mapping = new LinkedHashMap<>();
        for (String pair : text.split(",", -1)) {
            String[] sides = pair.split("=", -1);
            if (sides.length != 2 || sides[0].isBlank()) {
                throw new IllegalArgumentException(setting + " has '" + pair.trim()
                        + "' where <role there>=<role here> is expected, such as member=operator");
            }
            Role role = Role.ofWireName(sides[1].trim())
                    .orElseThrow(() -> new IllegalArgumentException(setting + " names the role '"
                            + sides[1].trim() + "'; known are "
                            + Arrays.stream(Role.values()).map(Role::wireName).collect(Collectors.joining(", "))));
            mapping.put(key(sides[0]), role);
        }
        return new RoleMapping(mapping);
    }

    /** The strongest role that any of these roles gives. */
    public Optional<Role> strongest(Collection<String> foreignRoles) {
        return foreignRoles.stream()
                .<@Nullable Role>map(name -> byForeignRole.get(key(name)))
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder());
    }

    private static String key(String foreignRole) {
        return foreignRole.trim().toLowerCase(Locale.ROOT);
    }
}
