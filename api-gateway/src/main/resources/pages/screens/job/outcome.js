// How the restore ended: in one sentence, what went wrong, what is left, what to do, and original against restored.
import { Action, Id, canCopy } from "../../components/basics.js";
import { Notice } from "../../components/notice.js";
import { FailureFacts } from "../../components/step-list.js";
import { Words } from "../../components/words.js";
import { Component, bdi, caption, code, div, h, h2, li, ol, p, section, span, table, tbody, td, th, thead, tr } from "../../dom.js";
import { foreign } from "../../foreign.js";
import { texts } from "../../texts.js";
import { Comparison } from "./comparison.js";

const own = texts.job.outcome;
const TONES = { COMPLETED: "good", FAILED: "bad", CANCELLED: "quiet", INTERRUPTED: "warn", DRY_RUN: "info" };

export const Outcome = ({ job }) => {
  const words = own[job.status];
  const unplanned = job.status === "FAILED" && !job.plan;
  return div(
    { class: "stack", "data-outcome": job.status },
    h(
      Notice,
      { tone: TONES[job.status], title: unplanned ? own.refusedPlan : words.title },
      words.detail(job) && p(words.detail(job)),
      job.cancellation && h(Decision, job.cancellation),
      job.interruption && h(Decision, job.interruption),
      job.failure && h(FailureFacts, { failure: job.failure }),
    ),
    job.next_actions.length > 0 && h(NextActions, { actions: instructions(job) }),
    job.leftovers.length > 0
      ? h(Leftovers, { leftovers: job.leftovers })
      : ["FAILED", "CANCELLED"].includes(job.status) && job.executed_by && p({ class: "muted" }, texts.job.leftovers.none),
    job.result && h(Comparison, { job }),
  );
};

// An earlier status-service tells them as texts only; what of these is a command is not guessed, names may look like one.
const instructions = (job) => job.instructions ?? job.next_actions.map((text) => ({ text }));

// Who ended it, and why; the system itself where no person did.
const Decision = ({ requested_by: name, reason }) =>
  p(name === "system" ? own.bySystem : own.by(name), ".", reason && [" ", own.reason, ": ", bdi(h(Words, null, reason))]);

const NextActions = ({ actions }) =>
  section(
    { class: "card stack" },
    div({ class: "stack tight" }, h2(texts.job.nextActions.heading), actions.length > 1 && p({ class: "muted" }, texts.job.nextActions.lead)),
    ol({ class: "next-actions" }, actions.map((action, index) => li({ key: index }, h(NextAction, { action })))),
  );

// A sentence, and a command of the openstack client if there is one.
const NextAction = ({ action: { text, command } }) => div({ class: "stack tight" }, p(text), command && h(Command, { command }));

// A line ends between words of a command and not behind the hyphens of an option.
const tokens = (command) => command.split(" ").flatMap((token, index) => [index > 0 && " ", span({ key: index, class: "token" }, token)]);

class Command extends Component {
  copy = async () => {
    await navigator.clipboard.writeText(this.props.command);
    this.setState({ copied: true });
  };

  render({ command }, { copied }) {
    return div({ class: "command" }, code(tokens(command)), canCopy && h(Action, { label: copied ? texts.copied : texts.copy, icon: copied ? "check" : "copy", onClick: this.copy }));
  }
}

const Leftover = ({ left }) =>
  tr(
    { role: "row" },
    th({ scope: "row", role: "rowheader" }, texts.resources[left.type]),
    td({ role: "cell", "data-label": texts.job.leftovers.columns.name }, left.name ? foreign(left.name) : span({ class: "muted" }, texts.none)),
    td({ role: "cell", "data-label": texts.job.leftovers.columns.id }, h(Id, { value: left.id, what: left.name })),
  );

const Leftovers = ({ leftovers }) =>
  section(
    { class: "card stack" },
    div({ class: "stack tight" }, h2(texts.job.leftovers.heading(leftovers.length)), p({ class: "muted" }, texts.job.leftovers.lead)),
    div(
      { class: "scroll", tabIndex: 0, role: "region", "aria-label": texts.job.leftovers.heading(leftovers.length) },
      table(
        { class: "plain stacked leftovers", role: "table" },
        caption({ class: "hidden" }, texts.job.leftovers.heading(leftovers.length)),
        thead({ role: "rowgroup" }, tr({ role: "row" }, Object.entries(texts.job.leftovers.columns).map(([key, words]) => th({ key, scope: "col", role: "columnheader" }, words)))),
        tbody({ role: "rowgroup" }, leftovers.map((left) => h(Leftover, { key: left.id, left }))),
      ),
    ),
  );
