package io.vmrestore.gateway.access;

import io.vmrestore.support.access.Authorities;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** A {@link Caller} in the form in which Spring Security carries it. */
final class CallerAuthentication extends AbstractAuthenticationToken {
    private static final long serialVersionUID = 1L;

    private final transient Caller caller;

    CallerAuthentication(Caller caller) {
        super(Authorities.of(caller.reach()));
        this.caller = caller;
        setAuthenticated(true);
    }

    @Override
    public Caller getPrincipal() {
        return caller;
    }

    @Override
    public String getCredentials() {
        return "";
    }

    @Override
    public String getName() {
        return caller.name();
    }
}
