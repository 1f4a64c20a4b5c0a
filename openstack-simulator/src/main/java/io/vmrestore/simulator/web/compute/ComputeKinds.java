package io.vmrestore.simulator.web.compute;

import io.vmrestore.simulator.web.kind.Field;
import io.vmrestore.simulator.web.kind.Kind;
import io.vmrestore.simulator.web.kind.Kind.Access;
import java.util.List;

/** What Nova has besides: aggregates are kept as they are sent, nothing is ever migrated. */
final class ComputeKinds {
    static final Kind AGGREGATE = Kind.of(
                    "/os-aggregates",
                    "aggregate",
                    Access.ADMIN,
                    "Aggregate %s could not be found.",
                    Field.text("name", "").needed(),
                    Field.text("availability_zone"),
                    Field.list("hosts").told(),
                    Field.object("metadata").told())
            .listedAs("aggregates");

    static final List<Kind> KEPT = List.of(
            AGGREGATE,
            Kind.empty("/os-migrations", "migration", Access.ADMIN, "Migration %s could not be found.")
                    .listedAs("migrations"),
            Kind.empty("/os-agents", "agent", Access.ADMIN, "Agent with id %s could not be found.")
                    .listedAs("agents"),
            Kind.empty("/extensions", "extension", Access.SHARED, "The resource could not be found."),
            Kind.empty(
                    "/servers/{server}/migrations",
                    "migration",
                    Access.ADMIN,
                    "In-progress live migration %s is not found."));

    private ComputeKinds() {}
}
