package io.vmrestore.simulator.web.identity;

import io.vmrestore.simulator.web.kind.Field;
import io.vmrestore.simulator.web.kind.Kind;
import io.vmrestore.simulator.web.kind.Kind.Access;
import java.util.List;

/** What Keystone has besides: kept as it was sent, with no effect on who may do what. */
final class IdentityKinds {
    static final List<Kind> KEPT = List.of(
            Kind.of(
                    "/groups",
                    "group",
                    Access.ADMIN,
                    "Could not find group: %s.",
                    Field.text("name", "").needed(),
                    Field.text("description", ""),
                    Field.text("domain_id")),
            Kind.of(
                    "/credentials",
                    "credential",
                    Access.ADMIN,
                    "Could not find credential: %s.",
                    Field.text("type", "").needed(),
                    Field.text("blob", "").needed(),
                    Field.text("user_id", "").needed(),
                    Field.text("project_id")),
            Kind.of(
                    "/policies",
                    "policy",
                    Access.ADMIN,
                    "Could not find policy: %s.",
                    Field.text("type", "").needed(),
                    Field.text("blob", "").needed()),
            Kind.empty("/limits", "limit", Access.SHARED, "Could not find limit for %s."),
            Kind.empty(
                    "/registered_limits", "registered_limit", Access.SHARED, "Could not find registered limit for %s."),
            Kind.empty("/OS-TRUST/trusts", "trust", Access.SHARED, "Could not find trust: %s."),
            Kind.empty("/OS-OAUTH1/consumers", "consumer", Access.ADMIN, "Could not find consumer: %s."),
            Kind.empty(
                    "/OS-FEDERATION/identity_providers",
                    "identity_provider",
                    Access.ADMIN,
                    "Could not find Identity Provider: %s."),
            Kind.empty("/OS-FEDERATION/mappings", "mapping", Access.ADMIN, "Could not find mapping: %s."),
            Kind.empty("/OS-FEDERATION/protocols", "protocol", Access.ADMIN, "Could not find protocol: %s."));

    private IdentityKinds() {}
}
