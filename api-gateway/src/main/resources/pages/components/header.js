// The bar on top: where one is, for which project, who one is and what one may do there, colours.
import { Component, a, button, classes, createRef, dd, div, dl, dt, h, header, nav, p, span } from "../dom.js";
import { foreign } from "../foreign.js";
import { paths } from "../router.js";
import * as session from "../session.js";
import { texts } from "../texts.js";
import { Action } from "./basics.js";
import { Icon } from "./icon.js";
import { ProjectSwitch } from "./project-switch.js";

export const Header = ({ place, who }) =>
  header(
    { class: "top" },
    a({ class: "brand", href: paths.vms(), "aria-label": texts.product }, h(Brand), span({ class: "brand-name" }, texts.product)),
    who?.role &&
      nav(
        { "aria-label": texts.navigation.label },
        link(paths.vms(), texts.navigation.restore, place.name === "vms" || place.name === "configure"),
        link(paths.jobs(), texts.navigation.jobs, place.name === "jobs" || place.name === "job"),
      ),
    div({ class: "spring" }),
    who?.role && h(ProjectSwitch, { who }),
    h(ThemeChoice),
    who?.role && h(Account, { who }),
  );

const link = (href, words, current) => a({ href, class: "nav-link", "aria-current": current ? "page" : undefined }, words);

const Brand = () => span({ class: "brand-sign", "aria-hidden": "true" }, h(Icon, { name: "restore" }));

const THEMES = ["auto", "light", "dark"];

// One button that goes on to the next choice of colours.
class ThemeChoice extends Component {
  state = { theme: document.documentElement.dataset.theme ?? "auto" };

  next = () => {
    const theme = THEMES[(THEMES.indexOf(this.state.theme) + 1) % THEMES.length];
    if (theme === "auto") {
      delete document.documentElement.dataset.theme;
      window.localStorage.removeItem("theme");
    } else {
      document.documentElement.dataset.theme = theme;
      window.localStorage.setItem("theme", theme);
    }
    this.setState({ theme });
  };

  render(_, { theme }) {
    const words = `${texts.theme.label}: ${texts.theme[theme]}`;
    return button({ type: "button", class: "top-button", onClick: this.next, "aria-label": words, title: words }, h(Icon, { name: `theme-${theme}` }));
  }
}

// Name and role; opens what the role may and may not do.
class Account extends Component {
  root = createRef();
  state = { open: false };

  componentDidMount() {
    document.addEventListener("click", this.outside);
  }

  componentWillUnmount() {
    document.removeEventListener("click", this.outside);
  }

  outside = (event) => {
    if (this.state.open && !this.root.current.contains(event.target)) {
      this.setState({ open: false });
    }
  };

  key = (event) => {
    if (event.key === "Escape" && this.state.open) {
      this.setState({ open: false });
      this.root.current.querySelector("button").focus();
    }
  };

  render({ who }, { open }) {
    return div(
      { class: "account", ref: this.root, onKeyDown: this.key },
      button(
        {
          type: "button",
          class: "top-button account-button",
          "aria-expanded": String(open),
          "aria-controls": "account-panel",
          "aria-label": texts.account.label(who.username, who.role),
          onClick: () => this.setState({ open: !open }),
        },
        span({ class: "account-name" }, foreign(who.username)),
        span({ class: "role" }, who.role),
        h(Icon, { name: "down" }),
      ),
      div(
        { id: "account-panel", class: "popover", hidden: !open },
        p({ class: "popover-title" }, who.project ? texts.account.headingIn(who.project.name || who.project.id) : texts.account.heading),
        p({ class: "muted small" }, foreign(who.username), " · ", texts.account.role(who.role)),
        dl(
          { class: "permissions" },
          Object.entries(texts.account.permissions).map(([permission, words]) => {
            const allowed = session.may(permission);
            return div(
              { key: permission, class: classes("permission", !allowed && "muted") },
              dt(h(Icon, { name: allowed ? "check" : "lock" }), words),
              dd(allowed ? texts.account.allowed : texts.account.denied(permission)),
            );
          }),
        ),
        h(Action, { label: texts.account.signOut, onClick: session.signOut }),
      ),
    );
  }
}
