// Projects to choose one of: by arrow keys or a tap, with a filter where there are many, and with what went wrong.
import { Component, button, classes, createRef, div, h, input, label, li, p, span, ul, uniqueId } from "../dom.js";
import { foreign } from "../foreign.js";
import * as session from "../session.js";
import { switchTo } from "../switching.js";
import { texts } from "../texts.js";
import { Action } from "./basics.js";
import { Icon, Spinner } from "./icon.js";
import { Empty, ProblemNotice } from "./notice.js";

const own = texts.project;
const MANY = 10;
const WALKING = ["ArrowDown", "ArrowUp", "Home", "End"];

// Properties: `projects` of { id, name }; `current` is the id of the present one; `taken` is chosen without a click; `focused` moves the focus
// into the list; `onDone` hears that the choice is made; `reload` asks for the list again.
export class ProjectList extends Component {
  root = createRef();
  id = uniqueId("projects");
  state = { q: "", busy: null, problem: null };

  componentDidMount() {
    const { taken, focused } = this.props;
    if (focused) {
      // On a phone no keyboard shall cover the list.
      const filter = window.matchMedia("(pointer: fine)").matches ? "input" : null;
      const target = [filter, "[aria-current]", "button"].filter(Boolean).map((part) => this.root.current?.querySelector(part)).find(Boolean);
      target?.focus();
    }
    if (taken) {
      void this.choose(taken);
    }
  }

  choose = async (project) => {
    const { current, onDone } = this.props;
    if (this.state.busy) {
      return;
    }
    if (project.id !== current) {
      this.setState({ busy: project.id, problem: null });
      try {
        await switchTo(project);
      } catch (problem) {
        this.setState({ busy: null, problem });
        return;
      }
    }
    onDone?.(project);
  };

  key = (event) => {
    const filtering = event.target.tagName === "INPUT";
    const options = [...this.root.current.querySelectorAll(".project-option")];
    if (filtering && event.key === "Enter") {
      options[0]?.click();
    }
    if (!WALKING.includes(event.key) || (filtering && event.key !== "ArrowDown")) {
      return;
    }
    const at = options.indexOf(document.activeElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: options.length - 1 }[event.key];
    const target = next < 0 ? this.root.current.querySelector("input") : options[next];
    if (target) {
      event.preventDefault();
      target.focus();
    }
  };

  render({ projects, current, reload }, { q, busy, problem }) {
    if (projects.length === 0) {
      return h(Empty, { ...own.none(session.get()?.username), icon: "lock" }, h(Action, { label: texts.retry, onClick: reload }));
    }
    const words = q.toLowerCase().split(/\s+/).filter(Boolean);
    const shown = byName(projects).filter(({ id, name }) => words.every((word) => `${name} ${id}`.toLowerCase().includes(word)));
    return div(
      { class: "stack tight project-list", ref: this.root, onKeyDown: this.key },
      problem && h(ProblemNotice, { problem }),
      projects.length > MANY && this.filter(q, shown.length),
      shown.length === 0
        ? p({ class: "muted" }, own.noMatch)
        : ul({ class: "project-options" }, shown.map((project) => h(ProjectOption, { key: project.id, project, projects, chosen: project.id === current, busy: project.id === busy, onChoose: this.choose }))),
    );
  }

  filter(q, count) {
    return [
      div(
        { key: "filter", class: "search" },
        label({ class: "hidden", for: this.id }, own.filter),
        h(Icon, { name: "search" }),
        input({ id: this.id, type: "search", placeholder: own.filterHint, value: q, autocomplete: "off", autocapitalize: "none", spellcheck: false, onInput: (event) => this.setState({ q: event.currentTarget.value }) }),
      ),
      span({ key: "count", class: "muted small", role: "status" }, own.count(count, this.props.projects.length)),
    ];
  }
}

// Names are unique within a domain only: the id tells apart two of the same name.
const ProjectOption = ({ project, projects, chosen, busy, onChoose }) => {
  const named = project.name || project.id;
  const twin = projects.some(({ id, name }) => name === project.name && id !== project.id);
  return li(
    button(
      { type: "button", class: classes("project-option", chosen && "chosen"), "aria-current": chosen ? "true" : undefined, "data-project": project.id, onClick: () => onChoose(project) },
      span({ class: "project-words" }, span({ class: "project-name" }, foreign(named)), twin && span({ class: "sub mono" }, project.id)),
      busy ? h(Spinner) : chosen && h(Icon, { name: "check" }),
      busy && span({ class: "hidden" }, own.busy),
    ),
  );
};

const byName = (projects) => [...projects].sort((one, other) => one.name.localeCompare(other.name) || one.id.localeCompare(other.id));
