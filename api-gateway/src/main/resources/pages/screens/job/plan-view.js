// The plan: steps and dependencies, network interfaces, quota, what is handed on and what is not.
import { Graph } from "../../components/graph.js";
import { Icon } from "../../components/icon.js";
import { QuotaBars } from "../../components/quota.js";
import { blocks, warningsOf } from "../../components/severity.js";
import { stepName, waitsFor } from "../../components/steps.js";
import { Words } from "../../components/words.js";
import { caption, code, dd, details, div, dl, dt, h, h2, li, ol, section, span, summary, table, tbody, td, th, thead, tr, ul } from "../../dom.js";
import { foreign } from "../../foreign.js";
import { texts } from "../../texts.js";

const own = texts.job.plan;

// Folded once the plan is history.
export const PlanView = ({ job, folded }) =>
  folded
    ? details({ class: "card fold" }, summary(h2(own.heading), h(Icon, { name: "down" })), div({ class: "stack" }, parts(job, false)))
    : div({ class: "stack" }, parts(job, true));

const parts = (job, cards) => {
  const kind = cards ? "card stack" : "stack part";
  const { plan } = job;
  const { steps } = plan;
  return [
    cards && section({ key: "warnings", class: kind }, h(Warnings, { warnings: warningsOf(plan) })),
    cards && section({ key: "steps", class: kind }, h(Heading, { cards }, own.steps), h(Graph, { steps }), h(StepWords, { steps })),
    section({ key: "nics", class: kind }, h(Heading, { cards }, own.nics), h(Nics, { plan })),
    div(
      { key: "pair", class: "pair" },
      section({ class: kind }, h(Heading, { cards }, own.quota), h(QuotaBars, { lines: plan.quota })),
      section({ class: kind }, h(Heading, { cards }, own.preserved), h(Facts, { plan })),
    ),
    !cards && section({ key: "warnings", class: kind }, h(Warnings, { warnings: warningsOf(plan) })),
  ];
};

const Heading = ({ cards, children }) => h(cards ? "h2" : "h3", null, children);

const StepWords = ({ steps }) =>
  ol(
    { class: "step-words" },
    steps.map((step) => {
      const before = waitsFor(step, steps);
      return li({ key: step.step_order }, stepName(step, steps), span({ class: "muted" }, " ", before.length ? texts.job.progress.after(before.join(", ")) : texts.job.progress.noWait));
    }),
  );

const Warnings = ({ warnings }) => [
  h2({ key: "heading" }, warnings.length ? own.warnings(warnings.length) : own.noWarnings),
  warnings.length > 0 && ul({ key: "list", class: "warnings" }, warnings.map((warning) => li({ key: warning.text, "data-severity": warning.severity.toLowerCase(), class: blocks(warning) ? "blocking" : undefined }, h(Icon, { name: "warning" }), span(h(Words, null, warning.text))))),
];

const Nics = ({ plan }) =>
  div(
    { class: "scroll", tabIndex: 0, role: "region", "aria-label": own.nics },
    table(
      { class: "plain stacked", role: "table" },
      caption({ class: "hidden" }, own.nics),
      thead({ role: "rowgroup" }, tr({ role: "row" }, Object.entries(own.nicColumns).map(([key, words]) => th({ key, scope: "col", role: "columnheader" }, words)))),
      tbody(
        { role: "rowgroup" },
        plan.nics.map((nic) =>
          tr(
            { key: nic.index, role: "row" },
            th({ scope: "row", role: "rowheader" }, span(texts.configure.ip.nic(nic.index)), span({ class: "sub" }, foreign(nic.network_name ?? nic.network_id)), span({ class: "sub mono" }, nic.mac_address)),
            td({ role: "cell", "data-label": own.nicColumns.original }, nic.original_ips.map((ip) => code({ key: ip.ip_address, class: "address" }, ip.ip_address)), nic.floating_ips.length > 0 && span({ class: "sub" }, texts.configure.ip.floating(nic.floating_ips.join(", ")))),
            td(
              { role: "cell", "data-label": own.nicColumns.planned },
              nic.requested_ips.length ? nic.requested_ips.map((ip) => code({ key: ip.ip_address, class: "address" }, ip.ip_address)) : own.nicNew,
              nic.requested_ips.length > 0 && span({ class: "sub" }, plan.ip_strategy),
              nic.floating_ips.length > 0 && span({ class: "sub" }, texts.configure.ip.floating(nic.floating_ips.join(", ")), " ", texts.configure.ip.floatingOutcome[plan.mode]),
            ),
          ),
        ),
      ),
    ),
  );

const listed = (names) => names.length > 0 && names.flatMap((name, index) => (index ? [", ", foreign(name)] : foreign(name)));

const Facts = ({ plan }) => {
  const { server } = plan;
  const rows = [
    [own.facts.flavor, own.flavor(server.flavor)],
    [own.facts.boot, own.boot[plan.boot_mode]],
    [own.facts.volume, [texts.unit.gibibytes(plan.restore_point.size_gigabytes), server.boot_volume.volume_type].filter(Boolean).join(", ")],
    [own.facts.key, foreign(server.key_name)],
    [own.facts.zone, foreign(server.availability_zone)],
    [own.facts.groups, listed(server.security_groups)],
    [own.facts.tags, listed(server.tags)],
    [own.facts.metadata, listed(Object.entries(server.metadata).map(([name, value]) => `${name}=${value}`))],
    [own.facts.userData, plan.user_data?.present && own.userData(plan.user_data.bytes)],
  ];
  return dl({ class: "facts" }, rows.filter(([, value]) => value).map(([name, value]) => div({ key: name }, dt(name), dd(value))));
};
