// Quota as bars: what is used, what the restore needs, what is free.
import { classes, div, h, li, p, span, ul } from "../dom.js";
import { texts } from "../texts.js";
import { Icon } from "./icon.js";

const own = texts.job.plan;
const TYPE = "gigabytes_";

export const QuotaBars = ({ lines }) => div({ class: "stack tight" }, ul({ class: "quota" }, lines.map((line) => h(Line, { key: line.resource, line }))), h(Legend));

const Legend = () =>
  p(
    { class: "hint quota-legend" },
    Object.entries(own.quotaLegend).map(([kind, words]) => span({ key: kind }, span({ class: `swatch quota-${kind}`, "aria-hidden": "true" }), words)),
  );

const Line = ({ line }) => {
  const bounded = line.verdict !== "unknown" && line.limit >= 0;
  const insufficient = line.verdict === "insufficient";
  return li(
    { class: classes("quota-line", insufficient && "insufficient"), "data-verdict": line.verdict },
    div({ class: "row spread" }, span({ class: "quota-name" }, insufficient && h(Icon, { name: "warning" }), name(line.resource)), span({ class: "muted small" }, words(line, bounded))),
    bounded && div({ class: "quota-bar", "aria-hidden": "true" }, bar("used", line.used + line.reserved, line), line.needed > 0 && bar("needed", line.needed, line)),
  );
};

const bar = (kind, amount, line) => span({ class: `quota-${kind}`, style: { width: `${Math.min(100, (amount / Math.max(1, line.limit)) * 100)}%` } });

function name(resource) {
  return own.quotaNames[resource] ?? (resource.startsWith(TYPE) ? own.quotaNames.type(resource.slice(TYPE.length)) : resource);
}

function words(line, bounded) {
  const own = texts.job.plan.quotaLine;
  if (line.verdict === "unknown") {
    return own.unknown(line);
  }
  const missing = line.used + line.reserved + line.needed - line.limit;
  return bounded ? [own.text(line), line.verdict === "insufficient" && `, ${own.insufficient(missing)}`] : own.unlimited(line);
}
