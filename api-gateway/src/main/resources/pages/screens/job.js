// Screen 3 and the detail of a job in one: the plan, its execution as it goes on, and how it ended. One link for all of it.
import { Action, Id, Moment, Status, canCopy } from "../components/basics.js";
import { Icon, Spinner } from "../components/icon.js";
import { Empty, Notice, ProblemNotice, Skeleton } from "../components/notice.js";
import { ProblemPage } from "../components/remote.js";
import { standing } from "../components/severity.js";
import { Stepper } from "../components/stepper.js";
import { Title } from "../components/title.js";
import { Names } from "../components/words.js";
import { Component, a, classes, dd, div, dl, dt, h, nav, p, span } from "../dom.js";
import { foreign, plain } from "../foreign.js";
import { LiveJob, hasEnded } from "../live-job.js";
import { paths } from "../router.js";
import { switchTo } from "../switching.js";
import { texts } from "../texts.js";
import { Cancel } from "./job/cancel.js";
import { Execute } from "./job/execute.js";
import { Outcome } from "./job/outcome.js";
import { PlanView } from "./job/plan-view.js";
import { Progress } from "./job/progress.js";

const own = texts.job;
const AT_WORK = ["PENDING", "RUNNING"];

export class Job extends Component {
  componentDidMount() {
    this.start();
    this.clock = window.setInterval(() => {
      if (this.live.job && AT_WORK.includes(this.live.job.status)) {
        this.forceUpdate();
      }
    }, 1000);
  }

  // The button that had the focus is gone once the job is in another status.
  componentDidUpdate() {
    const { status, vm_name: name } = this.live.job ?? {};
    if (status) {
      document.title = plain(texts.title([own.title(name ?? own.unknownVm), ": ", texts.status[status]]));
    }
    if (this.shown && this.shown !== status && document.activeElement === document.body) {
      document.querySelector("main h1")?.focus();
    }
    this.shown = status;
  }

  componentWillUnmount() {
    this.live.stop();
    window.clearInterval(this.clock);
  }

  start = () => {
    this.live?.stop();
    this.live = new LiveJob(this.props.place.job, () => this.forceUpdate());
    this.live.start();
    this.forceUpdate();
  };

  render({ who, config }) {
    const { job, problem, connection } = this.live ?? {};
    if (!job) {
      return problem ? h(ProblemPage, { problem, page: true, onRetry: this.start, missing: () => h(NoJob, { who }) }) : h(Skeleton, { rows: 10 });
    }
    return h(Names.Provider, { value: namesOf(job) }, this.whole({ job, problem, connection, who, config }));
  }

  whole({ job, problem, connection, who, config }) {
    return div(
      { class: "stack job", "data-job-status": job.status },
      job.status === "PLANNED" || job.status === "PLANNING"
        ? h(Stepper, { at: "execute", links: { select: paths.vms({ project: job.project_id }), configure: configureAgain(job) } })
        : nav({ class: "crumbs", "aria-label": own.breadcrumb }, a({ href: paths.jobs() }, h(Icon, { name: "back" }), own.breadcrumb)),
      div({ class: "hidden", role: "status" }, own.now(texts.status[job.status])),
      h(Head, { job, connection, who, config, onChanged: () => void this.live.refresh().catch(() => {}) }),
      connection === "offline" && h(Lost, { heardAt: this.live.heardAt }),
      problem && h(ProblemPage, { problem, onRetry: this.start }),
      h(Content, { job, who, config, onChanged: () => void this.live.refresh().catch(() => {}) }),
    );
  }
}

// Whatever the API says of this job may name these.
const namesOf = ({ vm_name: vm, new_vm_name: restored, project_name: project, plan, leftovers, requested_by: by }) => [
  ...[vm, restored, project, by, plan?.new_name, plan?.volume_name, plan?.server.key_name, plan?.restore_point.name],
  ...(plan?.nics.map((nic) => nic.network_name) ?? []),
  ...leftovers.map((left) => left.name),
];

const Lost = ({ heardAt }) =>
  h(Notice, { tone: "warn", title: own.lost.title }, p(own.lost.lead), p({ class: "small" }, own.lost.heard, " ", h(Moment, { at: heardAt })));

// The job may be of the project that was left a moment ago: one click leads back to it.
class NoJob extends Component {
  back = async () => {
    this.setState({ busy: true });
    try {
      await switchTo(this.props.who.cameFrom);
    } catch (problem) {
      this.setState({ busy: false, problem });
    }
  };

  render({ who }, { busy, problem }) {
    const { project, cameFrom } = who;
    return h(
      Empty,
      { ...own.missing, icon: "search", page: true },
      project && p(own.missing.inProject(project.name || project.id)),
      problem && h(ProblemNotice, { problem }),
      div(
        { class: "row center" },
        a({ class: "button primary", href: paths.jobs() }, own.allJobs),
        cameFrom && cameFrom.id !== project?.id && h(Action, { label: own.missing.back(cameFrom.name || cameFrom.id), busy: busy && texts.loading, onClick: this.back }),
      ),
    );
  }
}

// What the present status of the job asks for.
const Content = ({ job, who, config, onChanged }) => {
  if (job.status === "PLANNING") {
    return div({ class: "card center-card", role: "status" }, h(Spinner), h("h2", null, own.planning.title), p({ class: "muted" }, own.planning.detail));
  }
  if (job.status === "PLANNED") {
    const execute = h(Execute, { key: "execute", job, who, config, onChanged });
    const review = h(PlanView, { key: "plan", job });
    // One reviews first; what stands against the plan comes before everything.
    return job.plan.eligible ? [review, execute] : [execute, review];
  }
  const ran = job.steps.some((step) => step.started_at);
  return [
    hasEnded(job) && h(Outcome, { key: "outcome", job }),
    (ran || !hasEnded(job)) && h(Progress, { key: "progress", job }),
    job.plan && h(PlanView, { key: "plan", job, folded: true }),
  ];
};

const Head = ({ job, connection, who, config, onChanged }) =>
  div(
    { class: "job-head" },
    div(
      { class: "row spread" },
      div({ class: "row" }, h(Title, null, own.title(job.vm_name ?? own.unknownVm)), h(Status, { status: standing(job), large: true }), !hasEnded(job) && h(Connection, { connection })),
      div({ class: "row" }, canCopy && h(CopyLink), h(Actions, { job, who, config, onChanged })),
    ),
    dl(
      { class: "meta" },
      [
        [own.meta.mode, span({ class: job.mode === "REPLACE" ? "bad-text" : undefined }, job.mode)],
        [own.meta.target, foreign(job.new_vm_name ?? job.plan?.new_name ?? job.vm_name)],
        [own.meta.project, foreign(job.project_name ?? job.project_id)],
        [own.meta.point, job.plan && span(foreign(job.plan.restore_point.name || texts.configure.points.unnamed), ", ", h(Moment, { at: job.plan.restore_point.created_at }))],
        [own.meta.ips, job.ip_strategy],
        [own.meta.by, span(foreign(job.requested_by), ", ", h(Moment, { at: job.created_at }))],
        [own.meta.executedBy, job.executed_by && span(foreign(job.executed_by), job.started_at && [", ", h(Moment, { at: job.started_at })])],
        [own.meta.id, h(Id, { value: job.job_id, what: own.meta.id })],
      ]
        .filter(([, value]) => value)
        .map(([name, value]) => div({ key: name }, dt(name), dd(value))),
    ),
  );

const Actions = ({ job, who, config, onChanged }) => [
  (AT_WORK.includes(job.status) || job.status === "PLANNED") && h(Cancel, { key: "cancel", job, who, config, onChanged }),
  job.status === "PLANNED" && a({ key: "again", class: "button secondary", href: configureAgain(job) }, own.again),
  hasEnded(job) && h(RestoreAgain, { key: "restore", job }),
];

// A name that the system gave is given anew.
const GIVEN_NAME = /-restored-\d{8}-\d{6}(?:-\d+)?$/;

const configureAgain = (job) =>
  paths.configure(job.project_id, job.vm_id, {
    point: job.snapshot_id,
    mode: job.mode,
    ips: job.ip_strategy,
    name: job.mode === "REPLACE" || GIVEN_NAME.test(job.new_vm_name ?? "") ? "" : job.new_vm_name,
    from: job.job_id,
  });

// A replacement has another id than its original; a VM that this restore has deleted without one cannot be restored from here.
const RestoreAgain = ({ job }) => {
  const replaced = job.mode === "REPLACE" && job.steps.some((step) => step.action === "delete_server" && step.status === "COMPLETED");
  const vm = replaced ? job.result?.server_id : job.vm_id;
  return vm
    ? a({ class: "button secondary", href: paths.configure(job.project_id, vm) }, own.restoreAgain)
    : h(Action, { label: own.restoreAgain, why: own.originalGone(job.vm_name) });
};

const Connection = ({ connection }) =>
  span({ class: classes("connection", `connection-${connection}`), "data-connection": connection, role: "status" }, span({ class: "dot", "aria-hidden": "true" }), own.connection[connection]);

class CopyLink extends Component {
  copy = async () => {
    await navigator.clipboard.writeText(window.location.href);
    this.setState({ copied: true });
    window.setTimeout(() => this.setState({ copied: false }), 1500);
  };

  render(_, { copied }) {
    return h(Action, { label: copied ? texts.copied : own.copyLink, icon: copied ? "check" : "link", onClick: this.copy });
  }
}
