package io.vmrestore.simulator.web.volume;

import io.vmrestore.simulator.web.kind.Field;
import io.vmrestore.simulator.web.kind.Kind;
import io.vmrestore.simulator.web.kind.Kind.Access;
import java.util.List;

/** What Cinder has besides, of a cloud without backups, transfers and groups. */
final class VolumeKinds {
    static final List<Kind> KEPT = List.of(
            empty("/backups", "backup", "Backup %s could not be found."),
            empty("/backups/detail", "backup", "Backup %s could not be found.").listedAs("backups"),
            empty("/os-volume-transfer", "transfer", "Transfer %s could not be found.")
                    .listedAs("transfers"),
            empty("/os-volume-transfer/detail", "transfer", "Transfer %s could not be found.")
                    .listedAs("transfers"),
            empty("/volume-transfers", "transfer", "Transfer %s could not be found.")
                    .listedAs("transfers")
                    .since(55),
            empty("/volume-transfers/detail", "transfer", "Transfer %s could not be found.")
                    .listedAs("transfers")
                    .since(55),
            Kind.of(
                            "/qos-specs",
                            "qos_specs",
                            Access.ADMIN,
                            "No such qos_specs: %s.",
                            Field.text("name", "").needed(),
                            Field.text("consumer", "back-end"),
                            Field.object("specs").told())
                    .listedAs("qos_specs"),
            empty("/consistencygroups", "consistencygroup", "ConsistencyGroup %s could not be found."),
            empty("/consistencygroups/detail", "consistencygroup", "ConsistencyGroup %s could not be found.")
                    .listedAs("consistencygroups"),
            empty("/cgsnapshots", "cgsnapshot", "CgSnapshot %s could not be found."),
            empty("/cgsnapshots/detail", "cgsnapshot", "CgSnapshot %s could not be found.")
                    .listedAs("cgsnapshots"),
            empty("/groups", "group", "Group %s could not be found.").since(13),
            empty("/groups/detail", "group", "Group %s could not be found.")
                    .listedAs("groups")
                    .since(13),
            empty("/group_snapshots", "group_snapshot", "GroupSnapshot %s could not be found.")
                    .since(14),
            empty("/group_snapshots/detail", "group_snapshot", "GroupSnapshot %s could not be found.")
                    .listedAs("group_snapshots")
                    .since(14),
            Kind.of(
                            "/group_types",
                            "group_type",
                            Access.SHARED,
                            "Group type %s could not be found.",
                            Field.text("name", "").needed(),
                            Field.text("description"),
                            Field.flag("is_public", true),
                            Field.object("group_specs"))
                    .since(11),
            Kind.empty("/clusters", "cluster", Access.ADMIN, "Cluster %s could not be found.")
                    .since(7),
            Kind.empty("/default-types", "default_type", Access.ADMIN, "Default type for project %s not found.")
                    .listedAs("default_types")
                    .since(62),
            Kind.empty("/extensions", "extension", Access.SHARED, "Extension with name %s not found."),
            Kind.empty("/os-volume-manage", "volume", Access.ADMIN, "The resource could not be found.")
                    .listedAs("manageable-volumes"),
            Kind.empty("/os-snapshot-manage", "snapshot", Access.ADMIN, "The resource could not be found.")
                    .listedAs("manageable-snapshots"));

    private VolumeKinds() {}

    private static Kind empty(String path, String singular, String missing) {
        return Kind.empty(path, singular, Access.PROJECT, missing);
    }
}
