// Signing in with a Keystone user. The place in the URL stays, so whoever signs in lands where they wanted to go.
import * as api from "../api.js";
import { Action } from "../components/basics.js";
import { Icon } from "../components/icon.js";
import { Notice, ProblemNotice } from "../components/notice.js";
import { Component, button, createRef, details, div, form, h, h1, input, label, p, summary, uniqueId } from "../dom.js";
import * as session from "../session.js";
import { texts } from "../texts.js";

export class SignIn extends Component {
  form = createRef();
  state = { busy: false, problem: null, missing: false, visible: false };

  componentDidMount() {
    this.form.current.elements.username.focus();
  }

  submit = async (event) => {
    event.preventDefault();
    if (this.state.busy) {
      return;
    }
    const fields = this.form.current.elements;
    const credentials = { username: fields.username.value.trim(), password: fields.password.value };
    if (!credentials.username || !credentials.password) {
      this.setState({ missing: true, problem: null });
      fields[credentials.username ? "password" : "username"].focus();
      return;
    }
    for (const name of ["domain", "project"]) {
      if (fields[name].value.trim()) {
        credentials[name] = fields[name].value.trim();
      }
    }
    this.setState({ busy: true, problem: null, missing: false });
    try {
      await api.signIn(credentials);
    } catch (problem) {
      this.setState({ busy: false, problem });
      fields.password.value = "";
      fields.password.focus();
    }
  };

  render(_, { busy, problem, missing, visible }) {
    const own = texts.signIn;
    return div(
      { class: "sign-in" },
      form(
        { class: "card stack", ref: this.form, onSubmit: this.submit, noValidate: true, "aria-labelledby": "sign-in-title" },
        div({ class: "stack tight" }, h1({ id: "sign-in-title" }, own.title), p({ class: "muted" }, own.lead)),
        session.hasExpired() && h(Notice, { tone: "info", role: "status" }, p(own.expired)),
        missing && h(Notice, { tone: "bad", role: "alert" }, p(own.missing)),
        problem && h(ProblemNotice, { problem }),
        h(Field, { name: "username", words: own.username, autocomplete: "username", invalid: missing }),
        h(
          Field,
          { name: "password", words: own.password, type: visible ? "text" : "password", autocomplete: "current-password", invalid: missing },
          button(
            { type: "button", class: "icon-button", "aria-pressed": String(visible), "aria-label": own.showPassword, title: visible ? own.hidePassword : own.showPassword, onClick: () => this.setState({ visible: !visible }) },
            h(Icon, { name: "eye" }),
          ),
        ),
        details(
          { class: "more" },
          summary(own.more),
          div({ class: "stack" }, h(Field, { name: "domain", words: own.domain, hint: own.domainHint }), h(Field, { name: "project", words: own.project, hint: own.projectHint })),
        ),
        h(Action, { label: own.submit, kind: "primary wide", type: "submit", busy: busy && own.busy }),
      ),
    );
  }
}

class Field extends Component {
  id = uniqueId("field");

  render({ name, words, hint, type = "text", autocomplete = "off", invalid, children }) {
    return div(
      { class: "field" },
      label({ for: this.id }, words),
      div(
        { class: "with-button" },
        input({ id: this.id, name, type, autocomplete, autocapitalize: "none", spellcheck: false, "aria-invalid": invalid ? "true" : undefined, "aria-describedby": hint && `${this.id}-hint` }),
        children,
      ),
      hint && p({ class: "hint", id: `${this.id}-hint` }, hint),
    );
  }
}
