// The moment of decision: whether the plan may be executed, what that means, and for REPLACE the sentence to type.
import * as api from "../../api.js";
import { Action } from "../../components/basics.js";
import { Icon } from "../../components/icon.js";
import { Notice, ProblemNotice } from "../../components/notice.js";
import { blocks, warningsOf } from "../../components/severity.js";
import { Words } from "../../components/words.js";
import { Component, classes, div, form, h, h2, li, p, section, ul } from "../../dom.js";
import * as session from "../../session.js";
import { texts } from "../../texts.js";
import * as times from "../../times.js";
import { Confirmation, confirmationOf } from "./confirmation.js";

const own = texts.job.execute;

export class Execute extends Component {
  state = { busy: false, problem: null };

  submit = async (event) => {
    event.preventDefault();
    const { job, onChanged } = this.props;
    const field = event.currentTarget.elements.sentence;
    this.setState({ busy: true, problem: null });
    try {
      // The API compares the sentence: its answer, not ours, decides.
      await api.execute(job.job_id, field ? confirmationOf(job.plan.server.name, field.value) : null);
      onChanged();
    } catch (problem) {
      this.setState({ problem, busy: false });
      field?.focus();
    }
  };

  get why() {
    const { job, who } = this.props;
    if (!session.may("restore:write")) {
      return texts.denied.execute(who.role);
    }
    return job.mode === "REPLACE" && !session.may("restore:admin") ? texts.denied.replace(who.role) : undefined;
  }

  render({ job, config }, { busy, problem }) {
    const { plan } = job;
    if (!plan.eligible) {
      return h(
        Notice,
        { tone: "bad", title: texts.job.plan.notEligible, role: "alert" },
        ul(plan.reasons.map((reason) => li({ key: reason }, h(Words, null, reason)))),
        p(texts.job.plan.notEligibleDetail),
      );
    }
    const replaces = job.mode === "REPLACE";
    const name = plan.server.name;
    const warnings = warningsOf(plan);
    const fails = warnings.some(blocks);
    const kind = replaces ? "danger" : fails ? "secondary" : "primary";
    return section(
      { class: classes("card execute", replaces && "dangerous"), "aria-labelledby": "execute-heading" },
      form(
        { class: "stack", onSubmit: this.submit, noValidate: true },
        div({ class: "stack tight" }, h2({ id: "execute-heading" }, fails ? own.headingFails : replaces ? own.headingReplace(name) : own.headingNew), !config?.dry_run && p(replaces ? own.leadReplace(name) : own.leadNew(plan.new_name))),
        replaces && h(Notice, { tone: "bad" }, p(own.lost(times.point(plan.restore_point.created_at), times.since(plan.restore_point.created_at)))),
        warnings.length > 0 && h(Most, { warnings: warnings.slice(0, 2) }),
        config?.dry_run && h(Notice, { tone: "warn" }, p(own.dryRun)),
        job.refusal && !problem && h(Notice, { tone: "bad", title: own.refused }, p(h(Words, null, job.refusal.reason))),
        replaces && h(Confirmation, { name, problem: problem?.kind === "confirmation-required" ? problem : undefined }),
        problem && problem.kind !== "confirmation-required" && h(ProblemNotice, { problem }),
        div(
          { class: "row" },
          h(Action, { label: replaces ? own.buttonReplace : own.button, kind, type: "submit", busy: busy && own.busy, why: this.why }),
          p({ class: "hint" }, texts.job.plan.expires),
        ),
      ),
    );
  }
}

// The two worst of what the review says, where one decides.
const Most = ({ warnings }) =>
  div(
    { class: "stack tight" },
    p({ class: "muted small" }, own.most),
    ul({ class: "most" }, warnings.map((warning) => li({ key: warning.text, class: blocks(warning) ? "blocking" : undefined }, h(Icon, { name: "warning" }), h(Words, null, warning.text)))),
  );
