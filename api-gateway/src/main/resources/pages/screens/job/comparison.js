// Original and restored VM, field by field: the plan knows the original, the result every difference.
import { Component, caption, classes, div, h, h2, input, label, p, section, span, table, tbody, td, th, thead, tr } from "../../dom.js";
import { foreign } from "../../foreign.js";
import { texts } from "../../texts.js";

const own = texts.job.result;

export class Comparison extends Component {
  state = { all: false };

  render({ job }, { all }) {
    const rows = compare(job);
    const different = rows.filter((row) => row.verdict === "different").length;
    const shown = all ? rows : rows.filter((row) => row.verdict !== "same");
    return section(
      { class: "card stack", "aria-labelledby": "comparison-heading" },
      div(
        { class: "row spread" },
        div({ class: "stack tight" }, h2({ id: "comparison-heading" }, own.heading), p({ class: "muted" }, own.summary(different))),
        label({ class: "check" }, input({ type: "checkbox", checked: all, onChange: (event) => this.setState({ all: event.currentTarget.checked }) }), own.all(rows.length)),
      ),
      div(
        { class: "scroll", tabIndex: 0, role: "region", "aria-label": own.caption },
        table(
          { class: "plain stacked comparison", role: "table" },
          caption({ class: "hidden" }, own.caption),
          thead({ role: "rowgroup" }, tr({ role: "row" }, ["field", "original", "restored", "verdict"].map((key) => th({ key, scope: "col", role: "columnheader" }, own.columns[key])))),
          tbody({ role: "rowgroup" }, shown.map((row) => h(Row, { key: row.field, row }))),
        ),
      ),
    );
  }
}

const Row = ({ row }) =>
  tr(
    { class: `verdict-${row.verdict}`, role: "row", "data-field": row.field },
    th({ scope: "row", role: "rowheader" }, row.title),
    td({ role: "cell", "data-label": own.columns.original }, foreign(row.original)),
    td({ role: "cell", "data-label": own.columns.restored }, foreign(row.restored)),
    td({ role: "cell" }, span({ class: classes("badge", row.verdict === "different" && "warn") }, { same: own.same, different: own.different, new: own.isNew }[row.verdict])),
  );

function compare({ plan, result }) {
  const differences = new Map(result.differences.map((difference) => [difference.field, difference]));
  const rows = [
    ...identities(plan, result),
    ...originals(plan).map(([field, value]) => ({ field, original: shown(value), restored: shown(value), verdict: "same" })),
  ].map((row) => {
    const difference = differences.get(row.field);
    differences.delete(row.field);
    return difference ? { ...row, ...difference, verdict: "different" } : row;
  });
  // What a restore adds, and by which it is found again, is new on every restored VM: no difference to look into.
  const unforeseen = [...differences.values()].map((difference) => ({ ...difference, verdict: difference.added_by_restore ? "new" : "different" }));
  return [...rows, ...unforeseen].map((row) => ({ ...row, title: title(row.field) }));
}

// What can never be the same.
const identities = ({ server, new_name: newName }, result) => [
  { field: "name", original: server.name, restored: newName, verdict: server.name === newName ? "same" : "new" },
  { field: "id", original: server.id, restored: result.server_id, verdict: "new" },
  { field: "volume.id", original: server.boot_volume.id, restored: result.volume_id, verdict: "new" },
];

const originals = ({ server, nics, user_data: userData }) => [
  ["status", server.status],
  ["flavor", own.flavor(server.flavor)],
  ["key_pair", server.key_name],
  ["owner", server.user_id],
  ["availability_zone", server.availability_zone],
  ["security_groups", server.security_groups.join(", ")],
  ["server_group", server.server_group_id],
  ["config_drive", String(server.config_drive)],
  ["description", server.description],
  ["tags", server.tags.join(", ")],
  ...Object.entries(server.metadata).map(([name, value]) => [`metadata.${name}`, value]),
  ["user_data", userData?.present ? texts.job.plan.userData(userData.bytes) : ""],
  ["volume.size", texts.unit.gibibytes(server.boot_volume.size_gigabytes)],
  ["volume.type", server.boot_volume.volume_type],
  ["volume.availability_zone", server.boot_volume.availability_zone],
  ...Object.entries(server.boot_volume.image_metadata).map(([name, value]) => [`volume.image_properties.${name}`, value]),
  ...nics.flatMap((nic) => [
    [`nics[${nic.index}].network`, nic.network_name ?? nic.network_id],
    [`nics[${nic.index}].ips`, nic.original_ips.map((ip) => ip.ip_address).join(", ")],
    [`nics[${nic.index}].mac_address`, nic.mac_address],
    [`nics[${nic.index}].security_groups`, nic.security_groups.join(", ")],
    [`nics[${nic.index}].port_security`, String(nic.port_security_enabled)],
    [`nics[${nic.index}].floating_ips`, nic.floating_ips.join(", ")],
  ]),
];

const shown = (value) => value || texts.none;

// "nics[0].ips" and "volume.image_properties.hw_disk_bus" in words.
function title(field) {
  const nic = /^nics\[(\d+)]\.(.+)$/.exec(field);
  if (nic) {
    return `${texts.configure.ip.nic(nic[1])}: ${texts.fields[nic[2]] ?? nic[2]}`;
  }
  const inner = /^(metadata|volume\.metadata|volume\.image_properties)\.(.+)$/.exec(field);
  return inner ? [texts.fields[inner[1]], " ", foreign(inner[2])] : (texts.fields[field] ?? field);
}
