package io.vmrestore.gateway.access;

import java.util.List;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** A Keystone token as a client sent it, unchecked. Never shows it. */
final class KeystoneToken extends AbstractAuthenticationToken {
    private static final long serialVersionUID = 1L;

    private final transient String value;

    KeystoneToken(String value) {
        super(List.of());
        this.value = value;
    }

    String value() {
        return value;
    }

    @Override
    public String getCredentials() {
        return "";
    }

    @Override
    public String getPrincipal() {
        return "";
    }
}
