// The whole page: header, the screen of the present place, or signing in and choosing a project first.
import * as api from "./api.js";
import { Action } from "./components/basics.js";
import { Header } from "./components/header.js";
import { Empty, Notice } from "./components/notice.js";
import { Component, a, aside, createRef, div, footer, h, main, p } from "./dom.js";
import { plain } from "./foreign.js";
import * as router from "./router.js";
import { ChooseProject } from "./screens/choose-project.js";
import { Configure } from "./screens/configure.js";
import { Job } from "./screens/job.js";
import { Jobs } from "./screens/jobs.js";
import { SelectVm } from "./screens/select-vm.js";
import { SignIn } from "./screens/sign-in.js";
import * as session from "./session.js";
import { texts } from "./texts.js";

const SCREENS = { vms: SelectVm, configure: Configure, job: Job, jobs: Jobs };

export class App extends Component {
  main = createRef();
  state = { place: router.here(), who: session.get(), fault: null, config: null };

  componentDidMount() {
    router.onMove((place) => this.setState({ place, fault: null }));
    session.onChange((who) => {
      this.setState({ who, config: null });
      void this.readConfig();
    });
    void this.readConfig();
    this.arrive();
  }

  componentDidUpdate(_, previous) {
    const [before, now] = [previous.who, this.state.who];
    if (previous.place.path !== this.state.place.path || Boolean(before) !== Boolean(now) || before?.role !== now?.role || before?.project?.id !== now?.project?.id) {
      this.arrive();
      this.focus();
      window.scrollTo(0, 0);
    }
  }

  componentDidCatch(fault) {
    console.error(fault);
    this.setState({ fault });
  }

  arrive() {
    const { place, who } = this.state;
    const names = { vms: texts.stepper.select, configure: texts.stepper.configure, job: texts.stepper.execute, jobs: texts.jobs.title };
    document.title = plain(texts.title(who ? (who.role ? (names[place.name] ?? texts.problem.unknownPage.title) : texts.project.choose) : texts.signIn.title));
  }

  // Whoever cannot see the page hears that it is another one: its heading has the focus, or gets it once it is there (Title).
  focus() {
    const content = this.main.current;
    if (!content.contains(document.activeElement)) {
      (content.querySelector("h1") ?? content).focus({ preventScroll: true });
    }
  }

  async readConfig() {
    if (session.get()?.role) {
      try {
        this.setState({ config: await api.config() });
      } catch {
        // The screen that needs it meets the same problem and tells it.
      }
    }
  }

  render(_, { place, who, fault, config }) {
    return div(
      { class: "page" },
      a({ class: "skip", href: "#content" }, texts.skip),
      h(Header, { place, who }),
      who && config?.dry_run && aside({ class: "strip", "aria-label": texts.dryRun.title }, h(Notice, { tone: "warn", title: texts.dryRun.title }, p(texts.dryRun.detail))),
      main({ id: "content", tabIndex: -1, ref: this.main }, this.screen(place, who, fault, config)),
      footer({ class: "bottom" }, a({ href: "/docs" }, texts.navigation.docs)),
    );
  }

  screen(place, who, fault, config) {
    if (fault) {
      return h(Empty, { icon: "warning", page: true, ...texts.problem.fault }, h(Action, { label: texts.retry, onClick: () => window.location.reload() }));
    }
    if (!who) {
      return h(SignIn);
    }
    if (!who.role) {
      return h(ChooseProject, { who });
    }
    const screen = SCREENS[place.name];
    if (!screen) {
      return h(Empty, { icon: "search", page: true, ...texts.problem.unknownPage }, a({ class: "button primary", href: router.paths.vms() }, texts.problem.unknownPage.action));
    }
    return h(screen, { key: `${place.path} ${who.token}`, place, who, config });
  }
}
