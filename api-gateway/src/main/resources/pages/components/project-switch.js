// The project that the token speaks for, in the bar on top; opens the list of those to change to.
import * as api from "../api.js";
import { Component, button, createRef, div, h, p, span } from "../dom.js";
import { foreign } from "../foreign.js";
import { texts } from "../texts.js";
import { Icon } from "./icon.js";
import { ProjectList } from "./project-list.js";
import { Remote } from "./remote.js";

const own = texts.project;

export class ProjectSwitch extends Component {
  root = createRef();
  state = { open: false };

  componentDidMount() {
    document.addEventListener("click", this.outside);
  }

  componentWillUnmount() {
    document.removeEventListener("click", this.outside);
  }

  // By the path of the click: what was clicked may be gone from the page already.
  outside = (event) => {
    if (this.state.open && !event.composedPath().includes(this.root.current)) {
      this.setState({ open: false });
    }
  };

  key = (event) => {
    if (event.key === "Escape" && this.state.open) {
      this.setState({ open: false });
      this.root.current.querySelector("button").focus();
    }
  };

  done = (project) => this.setState({ open: false, now: project });

  render({ who }, { open, now }) {
    return div(
      { class: "project-switch", ref: this.root, onKeyDown: this.key },
      button(
        { type: "button", class: "top-button project-button", "aria-expanded": String(open), "aria-controls": open ? "project-panel" : undefined, onClick: () => this.setState({ open: !open }) },
        span({ class: "hidden" }, own.now),
        span({ class: "project-name" }, who.project ? foreign(who.project.name || who.project.id) : own.all),
        h(Icon, { name: "down" }),
      ),
      open &&
        div(
          { id: "project-panel", class: "popover" },
          p({ class: "popover-title" }, own.change),
          p({ class: "muted small" }, own.changeLead),
          h(Remote, {
            rows: 3,
            load: api.ownProjects,
            show: (projects, reload) => h(ProjectList, { projects, current: who.project?.id, focused: true, onDone: this.done, reload }),
          }),
        ),
      div({ class: "hidden", role: "status" }, now && own.changed(now.name || now.id)),
    );
  }
}
