package io.vmrestore.support.access;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The roles of the user's own document, weakest first, with the permissions each carries. */
public enum Role {
    VIEWER(Permission.READ),
    OPERATOR(Permission.READ),
    ADMIN(Permission.READ, Permission.WRITE),
    SUPERADMIN(Permission.READ, Permission.WRITE, Permission.ADMIN, Permission.OPERATE);

    // Set.copyOf makes it immutable, which its type does not say.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Set<Permission> permissions;

    Role(Permission first, Permission... rest) {
        this.permissions = Set.copyOf(EnumSet.of(first, rest));
    }

    public Set<Permission> permissions() {
        return permissions;
    }

    /** The name in tokens and answers, such as {@code superadmin}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Role> ofWireName(String wireName) {
        return Arrays.stream(values())
                .filter(role -> role.wireName().equals(wireName))
                .findFirst();
    }
}
