// The bar on top: where one is, who one is and what one may do, colours.
import { Component, a, button, classes, createRef, dd, div, dl, dt, h, header, label, nav, option, p, select, span } from "../dom.js";
import { paths } from "../router.js";
import * as session from "../session.js";
import { texts } from "../texts.js";
import { Action } from "./basics.js";
import { Icon } from "./icon.js";

export const Header = ({ place, who }) =>
  header(
    { class: "top" },
    a({ class: "brand", href: paths.vms() }, h(Brand), span(texts.product)),
    who &&
      nav(
        { "aria-label": texts.navigation.label },
        link(paths.vms(), texts.navigation.restore, place.name === "vms" || place.name === "configure"),
        link(paths.jobs(), texts.navigation.jobs, place.name === "jobs" || place.name === "job"),
      ),
    div({ class: "spring" }),
    h(ThemeChoice),
    who && h(Account, { who }),
  );

const link = (href, words, current) => a({ href, class: "nav-link", "aria-current": current ? "page" : undefined }, words);

const Brand = () => span({ class: "brand-sign", "aria-hidden": "true" }, h(Icon, { name: "restore" }));

class ThemeChoice extends Component {
  state = { theme: document.documentElement.dataset.theme ?? "auto" };

  choose = (event) => {
    const theme = event.currentTarget.value;
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
    return label(
      { class: "theme" },
      span({ class: "hidden" }, texts.theme.label),
      h(Icon, { name: "theme" }),
      select(
        { value: theme, onChange: this.choose, title: texts.theme.label },
        ["auto", "light", "dark"].map((value) => option({ key: value, value, selected: value === theme }, texts.theme[value])),
      ),
    );
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
          class: "account-button",
          "aria-expanded": String(open),
          "aria-controls": "account-panel",
          "aria-label": texts.account.label(who.username, who.role),
          onClick: () => this.setState({ open: !open }),
        },
        span({ class: "account-name" }, who.username),
        span({ class: "role" }, who.role),
        h(Icon, { name: "down" }),
      ),
      div(
        { id: "account-panel", class: "popover", hidden: !open },
        p({ class: "popover-title" }, texts.account.heading),
        p({ class: "muted small" }, who.username, " · ", texts.account.role(who.role)),
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
