package io.vmrestore.openstack.identity;

import io.vmrestore.openstack.settings.CloudSettings;
import io.vmrestore.openstack.settings.Credentials;
import io.vmrestore.openstack.settings.ServiceUser;
import io.vmrestore.openstack.transport.Caller;
import java.util.Objects;
import org.openstack4j.api.client.IOSClientBuilder;
import org.openstack4j.model.common.Identifier;
import org.openstack4j.model.identity.v3.Token;
import org.openstack4j.openstack.OSFactory;

/** Exchanges names and passwords for tokens. */
public final class Authentication {

    private final CloudSettings settings;
    private final Caller.Wire wire;

    /** Asks the Keystone of the settings. */
    public Authentication(CloudSettings settings, Caller.Wire wire) {
        this.settings = settings;
        this.wire = wire;
    }

    /** A token of the admin credentials in their own project. */
    public Token admin() {
        Credentials own = settings.credentials();
        IOSClientBuilder.V3 request = password(own.userName(), own.password(), own.userDomain());
        if (own.projectId() != null) {
            return token(request.scopeToProject(Identifier.byId(own.projectId())));
        }
        String domain = own.projectDomain() == null ? own.userDomain() : own.projectDomain();
        return token(
                request.scopeToProject(Identifier.byName(Objects.requireNonNull(own.projectName())), domain(domain)));
    }

    /** A token of the service user in the given project. */
    public Token serviceUser(ServiceUser user, String projectId) {
        return token(password(user.email(), user.password(), user.domain()).scopeToProject(Identifier.byId(projectId)));
    }

    private IOSClientBuilder.V3 password(String name, String password, String domain) {
        return OSFactory.builderV3()
                .withConfig(wire.config())
                .endpoint(settings.authUrl().toString())
                .credentials(name, password, domain(domain));
    }

    private Token token(IOSClientBuilder.V3 request) {
        return wire.withoutToken(() -> request.authenticate().getToken());
    }

    /** A domain by id if it looks like one; {@code default} is the id of the domain that is called Default. */
    private static Identifier domain(String nameOrId) {
        return nameOrId.equals("default") || nameOrId.matches("[0-9a-f]{32}")
                ? Identifier.byId(nameOrId)
                : Identifier.byName(nameOrId);
    }
}
