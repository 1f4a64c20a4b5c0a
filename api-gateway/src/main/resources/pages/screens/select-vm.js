// Screen 1: the project, then the VM to restore.
import * as api from "../api.js";
import { Id, Moment, Status } from "../components/basics.js";
import { Icon } from "../components/icon.js";
import { Empty } from "../components/notice.js";
import { Remote } from "../components/remote.js";
import { Stepper } from "../components/stepper.js";
import { Title } from "../components/title.js";
import { Words } from "../components/words.js";
import { Component, a, button, classes, createRef, div, h, input, label, option, p, select, span, uniqueId } from "../dom.js";
import { foreign } from "../foreign.js";
import { paths, remember } from "../router.js";
import { texts } from "../texts.js";

const own = texts.select;
const WALKING = ["ArrowDown", "ArrowUp", "Home", "End"];

export const SelectVm = ({ place }) =>
  div(
    { class: "stack" },
    h(Stepper, { at: "select" }),
    div({ class: "stack tight" }, h(Title, null, own.title), p({ class: "muted" }, own.lead)),
    h(Remote, {
      load: api.projects,
      show: (projects) => h(Chooser, { projects, query: place.query }),
    }),
  );

// The project of the URL, or else the only one that there is a choice of.
const Chooser = ({ projects, query }) => {
  if (projects.length === 0) {
    return h(Empty, own.noProjects);
  }
  const restorable = projects.filter((project) => project.restorable);
  const project = query.project ?? (restorable.length === 1 ? restorable[0].id : undefined);
  const chosen = projects.find((candidate) => candidate.id === project);
  return div(
    { class: "stack" },
    h(ProjectField, { projects, project }),
    chosen && !chosen.restorable && p({ class: "why" }, h(Icon, { name: "lock" }), span(h(Words, null, chosen.reason))),
    project
      ? h(Remote, {
          of: project,
          rows: 8,
          load: (signal) => api.vms(project, signal),
          show: (vms) => h(VmList, { vms, project, query }),
        })
      : h(Empty, own.noProject),
  );
};

class ProjectField extends Component {
  id = uniqueId("project");

  render({ projects, project }) {
    return div(
      { class: "field project-field" },
      label({ for: this.id }, own.project),
      select(
        { id: this.id, value: project ?? "", onChange: (event) => remember({ project: event.currentTarget.value, q: "" }) },
        !projects.some(({ id }) => id === project) && option({ value: "" }, own.projectChoose),
        projects.map((candidate) =>
          option(
            { key: candidate.id, value: candidate.id, selected: candidate.id === project },
            candidate.restorable ? foreign(candidate.name) : own.projectNot(candidate.name),
          ),
        ),
      ),
    );
  }
}

// Searches as one types; arrow keys move between the VMs, so that a restore can be started without a mouse.
class VmList extends Component {
  root = createRef();
  id = uniqueId("search");

  componentDidMount() {
    document.addEventListener("keydown", this.shortcut);
    // Whoever walks through the projects with the keyboard stays there; on a phone no keyboard shall cover the list.
    if (document.activeElement?.tagName !== "SELECT" && window.matchMedia("(pointer: fine)").matches) {
      this.search?.focus({ preventScroll: true });
    }
  }

  componentWillUnmount() {
    document.removeEventListener("keydown", this.shortcut);
  }

  // A project without VMs has none.
  get search() {
    return this.root.current?.querySelector("input[type=search]");
  }

  shortcut = (event) => {
    const typing = event.target.closest?.("input, select, textarea");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      this.search?.focus();
    }
  };

  key = (event) => {
    if (!WALKING.includes(event.key)) {
      return;
    }
    const rows = [...this.root.current.querySelectorAll(".vm-link")];
    const at = rows.indexOf(document.activeElement);
    if (at < 0 && (event.target !== this.search || event.key !== "ArrowDown")) {
      return;
    }
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    const target = next < 0 ? this.search : rows[next];
    if (target) {
      event.preventDefault();
      target.focus();
      target.closest("[role=row]")?.scrollIntoView({ block: "nearest" });
    }
  };

  enter = (event) => {
    if (event.key === "Enter") {
      this.root.current.querySelector("a.vm-link")?.click();
    }
  };

  render({ vms, project, query }) {
    if (vms.length === 0) {
      return h(Empty, own.emptyProject);
    }
    const words = (query.q ?? "").toLowerCase().split(/\s+/).filter(Boolean);
    const shown = vms.filter((vm) => (!query.restorable || vm.restorable) && matches(vm, words));
    return div(
      { class: "stack", ref: this.root, onKeyDown: this.key },
      div(
        { class: "toolbar" },
        div(
          { class: "search" },
          label({ class: "hidden", for: this.id }, own.search),
          h(Icon, { name: "search" }),
          input({ id: this.id, type: "search", placeholder: own.searchHint, value: query.q ?? "", autocomplete: "off", spellcheck: false, "aria-describedby": `${this.id}-keys`, onInput: (event) => remember({ q: event.currentTarget.value }), onKeyDown: this.enter }),
        ),
        label({ class: "check" }, input({ type: "checkbox", checked: Boolean(query.restorable), onChange: (event) => remember({ restorable: event.currentTarget.checked ? "yes" : "" }) }), own.onlyRestorable),
        span({ class: "muted small", role: "status" }, own.count(shown.length, vms.length)),
        span({ class: "muted small keys", "aria-hidden": "true" }, own.keys),
        span({ class: "hidden", id: `${this.id}-keys` }, own.keysLong),
      ),
      shown.length === 0
        ? h(Empty, { ...own.noMatch, icon: "search" }, button({ type: "button", class: "button secondary", onClick: () => remember({ q: "", restorable: "" }) }, own.noMatch.clear))
        : h(VmTable, { vms: shown, project }),
    );
  }
}

const matches = (vm, words) => {
  const all = [vm.name, vm.id, vm.status, vm.flavor, ...vm.addresses.flatMap((nic) => [...nic.fixed_ips, ...nic.floating_ips])]
    .join(" ")
    .toLowerCase();
  return words.every((word) => all.includes(word));
};

const VmTable = ({ vms, project }) =>
  div(
    { class: "grid-table vms", role: "table", "aria-label": own.title, "aria-rowcount": vms.length + 1 },
    div(
      { role: "rowgroup" },
      div({ role: "row", class: "grid-head" }, Object.entries(own.columns).map(([key, words]) => span({ key, role: "columnheader" }, words))),
    ),
    div({ role: "rowgroup" }, vms.map((vm) => h(VmRow, { key: vm.id, vm, project }))),
  );

class VmRow extends Component {
  shouldComponentUpdate(next) {
    return next.vm !== this.props.vm || next.project !== this.props.project;
  }

  render({ vm, project }) {
    return div(
      { role: "row", class: classes("grid-row", vm.restorable ? "open" : "closed") },
      div(
        { role: "cell" },
        vm.restorable
          ? a({ class: "vm-link", href: paths.configure(project, vm.id), "aria-label": own.choose(vm.name) }, foreign(vm.name))
          : span({ class: "vm-link", tabIndex: -1 }, foreign(vm.name)),
        h(Id, { value: vm.id, what: vm.name }),
      ),
      div({ role: "cell" }, h(Status, { status: vm.status })),
      div({ role: "cell", class: "addresses" }, vm.addresses.flatMap((nic) => [...nic.fixed_ips, ...nic.floating_ips]).sort(ipv4First).join(", ") || texts.none),
      div(
        { role: "cell" },
        vm.restorable
          ? h(PointsOf, { vm })
          : span({ class: "why" }, h(Icon, { name: "lock" }), span({ class: "hidden" }, own.notRestorable, ": "), span(h(Words, null, vm.reason))),
      ),
    );
  }
}

// How much would be lost shows from the newest one that can be used; the others are told apart.
const PointsOf = ({ vm }) => {
  const { usable_restore_points: usable = vm.restore_points, newest_usable_restore_point_at: newest = vm.newest_restore_point_at } = vm;
  const others = vm.restore_points - usable;
  return span(own.points(usable), newest && span({ class: "muted" }, ", ", own.newest, " ", h(Moment, { at: newest })), others > 0 && span({ class: "sub" }, own.unusable(others)));
};

export const ipv4First = (one, other) => Number(one.includes(":")) - Number(other.includes(":"));
