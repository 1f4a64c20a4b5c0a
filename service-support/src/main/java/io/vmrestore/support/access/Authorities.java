package io.vmrestore.support.access;

import java.util.List;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** Permissions in the form in which Spring Security carries them. */
public final class Authorities {
    private Authorities() {}

    public static List<GrantedAuthority> of(Role role) {
        return role.permissions().stream()
                .<GrantedAuthority>map(permission -> new SimpleGrantedAuthority(permission.wireName()))
                .toList();
    }
}
