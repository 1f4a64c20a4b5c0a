// The steps as a Gantt time line; each opens to its request ids, what it made and the cloud's own words on a failure.
import { classes, code, dd, details, div, dl, dt, h, li, ol, p, span, strong, summary } from "../dom.js";
import { foreign } from "../foreign.js";
import { texts } from "../texts.js";
import * as times from "../times.js";
import { Id, Moment, Status } from "./basics.js";
import { Icon } from "./icon.js";
import { stepName, waitsFor } from "./steps.js";
import { Words } from "./words.js";

const own = texts.job.progress;
const TICKS = 4;

// Properties: `now` moves the bars of running steps on.
export const StepList = ({ job, now }) => {
  const started = job.steps.filter((step) => step.started_at);
  const begin = Math.min(...started.map((step) => new Date(step.started_at).getTime()), job.started_at ? new Date(job.started_at).getTime() : Infinity);
  const end = job.completed_at ? new Date(job.completed_at).getTime() : now;
  const scale = started.length ? { begin, length: Math.max(1, end - begin) } : null;
  return div(
    { class: "steps" },
    scale && h(Axis, { length: scale.length }),
    ol({ class: "step-list" }, job.steps.map((step) => h(Step, { key: step.step_order, step, job, scale, now }))),
  );
};

const Axis = ({ length }) =>
  div(
    { class: "step-row axis", "aria-hidden": "true" },
    span({ class: "step-name" }),
    div({ class: "track" }, Array.from({ length: TICKS + 1 }, (_, tick) => span({ key: tick, class: "tick small muted", style: { left: `${(tick / TICKS) * 100}%` } }, times.duration((length * tick) / TICKS)))),
    span({ class: "step-time" }),
  );

const Step = ({ step, job, scale, now }) => {
  const took = step.started_at ? times.between(step.started_at, step.completed_at ?? job.completed_at, now) : null;
  const before = waitsFor(step, job.steps);
  return li(
    { class: classes("step", `step-${step.status.toLowerCase()}`), "data-step": step.action, "data-status": step.status },
    details(
      { open: step.status === "FAILED" },
      summary(
        { class: "step-row" },
        span(
          { class: "step-name" },
          span({ class: "step-title" }, strong(stepName(step, job.steps)), step.attempt > 1 && span({ class: "badge" }, `${own.details.attempt} ${step.attempt}`)),
          span({ class: "sub" }, before.length ? own.after(before.join(", ")) : own.noWait),
        ),
        div({ class: "track" }, scale && step.started_at && h(Bar, { step, scale, took })),
        span({ class: "step-time" }, h(Status, { status: step.status }), span({ class: "took" }, took === null ? "" : times.duration(took))),
        h(Icon, { name: "down" }),
      ),
      h(StepDetails, { step }),
    ),
    step.waiting_for && p({ class: "step-waits", role: "status" }, h(Words, null, waiting(step.waiting_for))),
    step.stopped && p({ class: "step-stopped-by" }, own.stopped(step.stopped)),
    step.error && p({ class: "step-error" }, h(Words, null, step.error.message)),
  );
};

const waiting = ({ service, since, last_answer: answer }) => own.waitsFor(own.services[service] ?? service, times.clock(since), answer);

const Bar = ({ step, scale, took }) =>
  span({
    class: classes("bar", `bar-${step.status.toLowerCase()}`),
    style: {
      left: `${((new Date(step.started_at).getTime() - scale.begin) / scale.length) * 100}%`,
      width: `${Math.max(0, took / scale.length) * 100}%`,
    },
  });

const StepDetails = ({ step }) => {
  const words = own.details;
  const { request_id: ignored, cloud_request_ids: cloudIds = [], ...further } = step.detail;
  const rows = [
    [words.attempt, step.attempt || null],
    [words.started, step.started_at && h(Moment, { at: step.started_at })],
    [words.completed, step.completed_at && h(Moment, { at: step.completed_at })],
    [words.requestId, step.request_id && h(Id, { value: step.request_id, what: words.requestId })],
    [words.cloudIds, cloudIds.length > 0 && cloudIds.map((id) => h(Id, { key: id, value: id, what: words.cloudIds }))],
    [words.resources, step.resources.length > 0 && step.resources.map((made) => div({ key: made.id }, texts.resources[made.type], " ", foreign(made.name), " ", h(Id, { value: made.id, what: made.name })))],
    [words.error, step.error && h(FailureFacts, { failure: step.error })],
    ...Object.entries(further).map(([name, value]) => [name.replaceAll("_", " "), code(foreign(typeof value === "string" ? value : JSON.stringify(value)))]),
  ];
  return dl({ class: "facts" }, rows.filter(([, value]) => value).map(([name, value]) => div({ key: name }, dt(name), dd(value))));
};

// A failure with all that the cloud said about it.
export const FailureFacts = ({ failure }) =>
  div(
    { class: "failure" },
    p({ class: "failure-message" }, h(Words, null, failure.message)),
    p(
      { class: "small muted" },
      [failure.kind, failure.service && texts.job.failure.from(failure.service), failure.http_status && texts.job.failure.status(failure.http_status)].filter(Boolean).join(" · "),
    ),
    failure.request_id && p({ class: "small" }, texts.requestId, " ", h(Id, { value: failure.request_id, what: texts.requestId })),
  );
