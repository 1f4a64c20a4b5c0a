// Screen 2: restore point, mode, name, addresses; then the plan. What is chosen is in the URL.
import * as api from "../api.js";
import { Action, Id, Moment, Status } from "../components/basics.js";
import { Choice } from "../components/choice.js";
import { Icon } from "../components/icon.js";
import { Empty, Notice, ProblemNotice } from "../components/notice.js";
import { Remote } from "../components/remote.js";
import { Stepper } from "../components/stepper.js";
import { Title } from "../components/title.js";
import { Words } from "../components/words.js";
import { Component, a, createRef, div, h, h2, input, label, li, p, section, span, ul, uniqueId } from "../dom.js";
import { foreign } from "../foreign.js";
import { accepted } from "../live-job.js";
import { go, paths, remember } from "../router.js";
import * as session from "../session.js";
import { texts } from "../texts.js";
import { NicOutcomes } from "./configure/nic-outcomes.js";
import { RestorePoints } from "./configure/restore-points.js";
import { ipv4First } from "./select-vm.js";

const own = texts.configure;
const LONGEST_NAME = 255;
const LOOK_AGAIN_MS = [2_000, 4_000, 8_000];

export const Configure = ({ place, who, config }) =>
  div(
    { class: "stack" },
    h(Stepper, { at: "configure", links: { select: paths.vms({ project: place.project }) } }),
    h(Remote, {
      page: true,
      rows: 10,
      load: (signal) =>
        Promise.all([api.vms(place.project, signal), api.restorePoints(place.project, place.vm, signal)]).then(
          ([vms, points]) => ({ vm: vms.find((candidate) => candidate.id === place.vm), points: points.restore_points }),
        ),
      show: ({ vm, points }, reload) => (vm ? h(Form, { vm, points, place, who, config }) : h(Missing, { place, reload })),
      missing: (reload) => h(Missing, { place, reload }),
    }),
  );

// A replacement that has just been made is in the lists a few seconds later, so this looks again.
class Missing extends Component {
  componentDidMount() {
    this.timers = LOOK_AGAIN_MS.map((delay) => window.setTimeout(this.props.reload, delay));
  }

  componentWillUnmount() {
    this.timers.forEach((timer) => window.clearTimeout(timer));
  }

  render({ place }) {
    return h(
      Empty,
      { ...own.missing, icon: "search", page: true },
      div({ class: "row center" }, a({ class: "button primary", href: paths.vms({ project: place.project }) }, own.changeVm), a({ class: "button secondary", href: paths.jobs({ vm_id: place.vm }) }, own.missing.jobs)),
    );
  }
}

class Form extends Component {
  nameId = uniqueId("name");
  pointsHeading = createRef();
  state = { busy: false, problem: null, missing: false };

  // The choice as the URL has it; what is not in it, or not possible, is the default.
  get choice() {
    const { place, points } = this.props;
    const available = points.filter((point) => point.restorable);
    const mode = place.query.mode === "REPLACE" && session.may("restore:admin") ? "REPLACE" : "NEW";
    return {
      point: available.find((point) => point.id === place.query.point) ?? (place.query.point ? undefined : available[0]),
      mode,
      name: place.query.name ?? "",
      ips: own.ip.strategies[place.query.ips] ? place.query.ips : own.ip.preselected[mode],
    };
  }

  generate = async (event) => {
    event.preventDefault();
    const { point, mode, name, ips } = this.choice;
    if (!this.props.vm.restorable) {
      return;
    }
    if (!point) {
      this.setState({ missing: true });
      this.pointsHeading.current.focus();
      return;
    }
    this.setState({ busy: true, problem: null, missing: false });
    const { place, who } = this.props;
    try {
      const planned = await api.plan({
        project_id: place.project,
        vm_id: place.vm,
        restore_point_id: point.id,
        mode,
        ip_strategy: ips,
        ...(mode === "NEW" && name.trim() ? { new_vm_name: name.trim() } : {}),
      });
      if ((session.get()?.project?.id ?? who.project?.id) !== who.project?.id) {
        return; // the plan is of a project in which this page does not work any more
      }
      accepted(planned.job_id);
      go(paths.job(planned.job_id));
    } catch (problem) {
      this.setState({ busy: false, problem });
    }
  };

  render({ vm, points, who, place, config }, { busy, problem, missing }) {
    const choice = this.choice;
    return h(
      "form",
      { class: "configure", onSubmit: this.generate, noValidate: true },
      div(
        { class: "configure-main stack" },
        h(VmHead, { vm, place }),
        place.query.from && h(EarlierPlan, { job: place.query.from }),
        !vm.restorable && h(Notice, { tone: "bad", title: own.inactive, role: "alert" }, p(h(Words, null, vm.reason))),
        (vm.restorable || points.length > 0) && this.points(points, choice, missing),
        vm.restorable && [
          section({ key: "mode", class: "card stack" }, h2(own.mode.heading), this.modes(vm, who, choice, config)),
          section({ key: "name", class: "card stack" }, h2(own.name.heading), this.name(vm, choice)),
          section({ key: "ips", class: "card stack" }, h2(own.ip.heading), this.addresses(vm, choice)),
        ],
      ),
      h(
        "aside",
        { class: "configure-side", "aria-label": own.summary.label },
        div({ class: "card stack" }, vm.restorable && this.summary(vm, choice), problem && h(ProblemNotice, { problem }), this.button(vm, who, busy), p({ class: "hint" }, own.summary.readOnly)),
      ),
    );
  }

  points(points, choice, missing) {
    return section(
      { class: "card stack", "aria-labelledby": "points-heading" },
      div({ class: "stack tight" }, h2({ id: "points-heading", tabIndex: -1, ref: this.pointsHeading }, own.points.heading), p({ class: "muted" }, own.points.lead)),
      missing && h(Notice, { tone: "bad", role: "alert" }, p(own.points.choose)),
      h(RestorePoints, { points, chosen: choice.point, onChoose: (point) => remember({ point }) }),
    );
  }

  modes(vm, who, choice, config) {
    const why = session.may("restore:write") && !session.may("restore:admin") ? texts.denied.replace(who.role) : undefined;
    return h(Choice, {
      legend: own.mode.heading,
      name: "mode",
      value: choice.mode,
      columns: 2,
      onChoose: (mode) => remember({ mode }),
      options: [
        { value: "NEW", title: own.mode.NEW.title, detail: [...own.mode.NEW.detail, own.mode.NEW.cancel(config?.cleanup_volumes)] },
        {
          value: "REPLACE",
          title: own.mode.REPLACE.title,
          badge: own.mode.REPLACE.badge,
          danger: true,
          detail: own.mode.REPLACE.detail(vm.name),
          why: why ?? (session.may("restore:admin") ? undefined : texts.denied.replace(who.role)),
          extra:
            vm.replace_notes.length > 0 &&
            div({ class: "replace-notes" }, p(h(Icon, { name: "warning" }), own.mode.REPLACE.notes), ul(vm.replace_notes.map((note) => li({ key: note }, h(Words, null, note))))),
        },
      ],
    });
  }

  name(vm, choice) {
    if (choice.mode === "REPLACE") {
      return p(own.name.kept(vm.name));
    }
    return div(
      { class: "field" },
      label({ for: this.nameId }, own.name.label),
      input({ id: this.nameId, value: choice.name, maxLength: LONGEST_NAME, autocomplete: "off", spellcheck: false, "aria-describedby": `${this.nameId}-hint`, onInput: (event) => remember({ name: event.currentTarget.value }) }),
      p({ class: "hint", id: `${this.nameId}-hint` }, own.name.hint(vm.name)),
    );
  }

  addresses(vm, choice) {
    return [
      h(Choice, {
        legend: own.ip.heading,
        name: "ips",
        value: choice.ips,
        columns: 3,
        onChoose: (ips) => remember({ ips }),
        options: Object.entries(own.ip.strategies).map(([value, { title, detail }]) => ({ value, title, detail: detail[choice.mode](addressesOf(vm)) })),
      }),
      h(NicOutcomes, { nics: vm.addresses, mode: choice.mode, strategy: choice.ips }),
    ];
  }

  summary(vm, { point, mode, name, ips }) {
    return [
      h2(own.summary.label),
      point
        ? ul(
            { class: "summary" },
            li(span({ class: "muted" }, own.summary.vm), span(foreign(vm.name))),
            li(span({ class: "muted" }, texts.job.meta.point), span(foreign(point.name || own.points.unnamed), ", ", h(Moment, { at: point.created_at }))),
            li(span({ class: "muted" }, texts.job.meta.mode), span({ class: mode === "REPLACE" ? "bad-text" : undefined }, mode)),
            li(span({ class: "muted" }, texts.job.meta.target), span(mode === "REPLACE" ? foreign(vm.name) : name.trim() ? foreign(name.trim()) : own.name.default(vm.name))),
            li(span({ class: "muted" }, texts.job.meta.ips), span(ips)),
          )
        : p({ class: "muted" }, own.summary.nothing),
    ];
  }

  button(vm, who, busy) {
    return h(Action, {
      label: own.summary.generate,
      kind: "primary wide",
      type: "submit",
      busy: busy && own.summary.busy,
      why: session.may("restore:write") ? (vm.restorable ? undefined : own.inactive) : texts.denied.plan(who.role),
    });
  }
}

const addressesOf = (vm) => vm.addresses.flatMap((nic) => nic.fixed_ips).sort(ipv4First).join(", ");

const EarlierPlan = ({ job }) =>
  h(Notice, { tone: "info", title: own.earlierPlan.title }, p(own.earlierPlan.detail), p(a({ href: paths.job(job) }, own.earlierPlan.open)));

const VmHead = ({ vm, place }) =>
  div(
    { class: "vm-head" },
    div(
      { class: "stack tight" },
      h(Title, null, own.title(vm.name)),
      div({ class: "row muted" }, h(Status, { status: vm.status }), span(foreign(vm.flavor)), h(Id, { value: vm.id, what: vm.name })),
    ),
    a({ class: "button secondary", href: paths.vms({ project: place.project }) }, own.changeVm),
  );
