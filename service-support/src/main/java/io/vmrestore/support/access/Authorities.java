package io.vmrestore.support.access;

import java.util.List;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** Permissions in the form in which Spring Security carries them. */
public final class Authorities {
    private Authorities() {}

    /** What the caller may do in some project; where, each endpoint asks by the {@link Reach}. */
    public static List<GrantedAuthority> of(Reach reach) {
        return reach.permissions().stream()
                .<GrantedAuthority>map(permission -> new SimpleGrantedAuthority(permission.wireName()))
                .toList();
    }
}
