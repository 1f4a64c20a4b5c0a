package io.vmrestore.openstack.identity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vmrestore.openstack.settings.CloudSettings;
import io.vmrestore.openstack.settings.Credentials;
import io.vmrestore.openstack.settings.ServiceUser;
import io.vmrestore.openstack.transport.AccessToken;
import io.vmrestore.openstack.transport.Caller;
import io.vmrestore.openstack.transport.Json;
import java.util.Objects;

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
    public AccessToken admin() {
        Credentials own = settings.credentials();
        String domain = own.projectDomain() == null ? own.userDomain() : own.projectDomain();
        ObjectNode project = own.projectId() != null
                ? id(own.projectId())
                : named(Objects.requireNonNull(own.projectName()), domain);
        return token(named(own.userName(), own.userDomain()), own.password(), project);
    }

    /** A token of the service user in the given project. */
    public AccessToken serviceUser(ServiceUser user, String projectId) {
        return token(named(user.email(), user.domain()), user.password(), id(projectId));
    }

    private AccessToken token(ObjectNode user, String password, ObjectNode project) {
        ObjectNode request = Json.object();
        ObjectNode auth = request.putObject("auth");
        ObjectNode identity = auth.putObject("identity");
        identity.putArray("methods").add("password");
        identity.putObject("password").set("user", user.put("password", password));
        auth.putObject("scope").set("project", project);
        return wire.token(request);
    }

    private static ObjectNode named(String name, String domain) {
        ObjectNode object = Json.object().put("name", name);
        object.set("domain", domain(domain));
        return object;
    }

    private static ObjectNode id(String id) {
        return Json.object().put("id", id);
    }

    /** A domain by id if it looks like one; {@code default} is the id of the domain that is called Default. */
    private static ObjectNode domain(String nameOrId) {
        return nameOrId.equals("default") || nameOrId.matches("[0-9a-f]{32}")
                ? id(nameOrId)
                : Json.object().put("name", nameOrId);
    }
}
