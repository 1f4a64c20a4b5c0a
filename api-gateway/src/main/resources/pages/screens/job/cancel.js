// Asks before a restore is cancelled or a plan discarded, with a reason that others see.
import * as api from "../../api.js";
import { Action } from "../../components/basics.js";
import { ProblemNotice } from "../../components/notice.js";
import { Component, createRef, dialog, div, form, h, h2, input, label, p, uniqueId } from "../../dom.js";
import * as session from "../../session.js";
import { texts } from "../../texts.js";

const own = texts.job.cancel;
const LONGEST_REASON = 1000;

export class Cancel extends Component {
  dialog = createRef();
  reasonId = uniqueId("reason");
  state = { busy: false, problem: null };

  open = () => {
    this.setState({ problem: null });
    this.dialog.current.showModal();
  };

  close = () => this.dialog.current.close();

  submit = async (event) => {
    event.preventDefault();
    this.setState({ busy: true, problem: null });
    try {
      await api.cancel(this.props.job.job_id, event.currentTarget.elements.reason.value.trim());
      this.close();
      this.props.onChanged();
    } catch (problem) {
      this.setState({ problem });
    } finally {
      this.setState({ busy: false });
    }
  };

  why({ job, who }) {
    if (!session.may("restore:write")) {
      return texts.denied.cancel(who.role);
    }
    if (job.cancellation) {
      return own.requested(job.cancellation.requested_by);
    }
    return deletionHasBegun(job) ? own.tooLate : undefined;
  }

  render({ job, who, config }, { busy, problem }) {
    const planned = job.status === "PLANNED";
    const headingId = `${this.reasonId}-heading`;
    return [
      h(Action, { key: "open", label: planned ? own.discard : own.button, kind: planned ? "secondary" : "danger-quiet", onClick: this.open, why: this.why({ job, who }) }),
      dialog(
        { key: "dialog", ref: this.dialog, class: "dialog", "aria-labelledby": headingId },
        form(
          { class: "stack", method: "dialog", onSubmit: this.submit },
          h2({ id: headingId }, planned ? own.headingPlan : own.heading),
          p(planned ? own.leadPlan : own.lead(config?.cleanup_volumes)),
          div(
            { class: "field" },
            label({ for: this.reasonId }, own.reason),
            input({ id: this.reasonId, name: "reason", maxLength: LONGEST_REASON, autocomplete: "off", "aria-describedby": `${this.reasonId}-hint` }),
            p({ class: "hint", id: `${this.reasonId}-hint` }, own.reasonHint),
          ),
          problem && h(ProblemNotice, { problem }),
          div({ class: "row end" }, h(Action, { label: own.keep, onClick: this.close }), h(Action, { label: planned ? own.confirmPlan : own.confirm, kind: "danger", type: "submit", busy: busy && own.busy })),
        ),
      ),
    ];
  }
}

const deletionHasBegun = (job) => job.steps.some((step) => step.action === "delete_server" && step.status !== "PENDING");
