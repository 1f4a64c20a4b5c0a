package io.vmrestore.gateway.access;

import java.util.List;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** A Keystone token as a client sent it, unchecked. Never shows it. */
final class KeystoneToken extends AbstractAuthenticationToken {
    private static final long serialVersionUID = 1L;

    private final transient String value;
    private final transient String requestId;

    KeystoneToken(String value, String requestId) {
        super(List.of());
        this.value = value;
        this.requestId = requestId;
    }

    String value() {
        return value;
    }

    /** The id of the request that the token came with. */
    String requestId() {
        return requestId;
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
