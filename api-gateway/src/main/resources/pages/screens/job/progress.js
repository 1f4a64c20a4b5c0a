// How far the restore is: a bar, the graph as it fills, the time line of the steps.
import { Graph } from "../../components/graph.js";
import { Notice } from "../../components/notice.js";
import { StepList } from "../../components/step-list.js";
import { stepName } from "../../components/steps.js";
import { asShown } from "../../components/stopped.js";
import { Words } from "../../components/words.js";
import { Component, div, h, h2, p, section, span } from "../../dom.js";
import { foreign } from "../../foreign.js";
import { hasEnded } from "../../live-job.js";
import { texts } from "../../texts.js";
import * as times from "../../times.js";

const own = texts.job.progress;

// What was running when a restore was given up is told as running for ever; nobody knows how it went on.
const givenUp = ({ status, steps }) =>
  status === "INTERRUPTED" ? steps.map((step) => (step.status === "RUNNING" ? { ...step, status } : step)) : steps;

export class Progress extends Component {
  state = { said: "" };

  // Tells those who cannot see the page which step has just changed.
  static getDerivedStateFromProps({ job }, { statuses = new Map() }) {
    const changed = job.steps.filter((step) => statuses.has(step.step_order) && statuses.get(step.step_order) !== step.status).map((step) => asShown(step, job));
    return {
      statuses: new Map(job.steps.map((step) => [step.step_order, step.status])),
      ...(changed.length ? { said: changed.map((step) => own.announce(stepName(step, job.steps), texts.status[step.status])).join(". ") } : {}),
    };
  }

  render({ job: asTold }, { said }) {
    const now = Date.now();
    const job = { ...asTold, steps: givenUp(asTold).map((step) => asShown(step, asTold)) };
    const { progress } = job;
    const ended = hasEnded(job);
    const running = job.steps.filter((step) => step.status === "RUNNING");
    return section(
      { class: "card stack", "aria-labelledby": "progress-heading" },
      div(
        { class: "row spread" },
        h2({ id: "progress-heading" }, own.heading),
        span({ class: "muted" }, own.count(progress.completed_steps, progress.total_steps), job.started_at && [" · ", ended ? own.took : own.elapsed, " ", times.duration(times.between(job.started_at, job.completed_at, now))]),
      ),
      div(
        { class: "progress", role: "progressbar", "aria-label": own.heading, "aria-valuemin": 0, "aria-valuemax": 100, "aria-valuenow": progress.percent, "data-status": job.status },
        span({ style: { width: `${progress.percent}%` } }),
      ),
      !ended && running.length > 0 && p({ class: "running" }, span({ class: "muted" }, own.now, " "), running.map((step) => stepName(step, job.steps)).join(", ")),
      job.cancellation && !ended && h(Notice, { tone: "warn" }, p(texts.job.cancel.requested(job.cancellation.requested_by), job.cancellation.reason && [" ", texts.job.outcome.reason, ": ", foreign(job.cancellation.reason)])),
      job.failure && !ended && h(Notice, { tone: "bad", title: texts.job.failure.heading }, p(h(Words, null, job.failure.message))),
      h(Graph, { steps: job.steps }),
      h(StepList, { job, now }),
      div({ class: "hidden", role: "status" }, said),
    );
  }
}
