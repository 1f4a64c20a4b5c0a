// The small parts that every screen uses: moments, ids, statuses, buttons that say why they do not work.
import { Component, button, classes, code, div, h, p, span, time, uniqueId } from "../dom.js";
import { texts } from "../texts.js";
import * as times from "../times.js";
import { Icon, Spinner } from "./icon.js";

// A moment, relative; the exact one on hover and for assistive technology.
export const Moment = ({ at, short = false }) =>
  time({ dateTime: at, title: times.exact(at) }, short ? times.short(at) : times.ago(at));

const TONES = {
  COMPLETED: ["good", "check"], ACTIVE: ["good", "check"], available: ["good", "check"],
  FAILED: ["bad", "cross"], ERROR: ["bad", "cross"], error: ["bad", "cross"],
  RUNNING: ["active", null], PENDING: ["waiting", "clock"], PLANNING: ["active", null], PLANNED: ["info", "info"],
  CANCELLED: ["quiet", "minus"], STOPPED: ["quiet", "minus"], NOT_EXECUTABLE: ["bad", "cross"], WILL_FAIL: ["warn", "warning"], SKIPPED: ["quiet", "minus"], INTERRUPTED: ["warn", "warning"], DRY_RUN: ["quiet", "info"],
};

export const tone = (status) => (TONES[status] ?? ["quiet", "minus"])[0];

export const StatusSign = ({ status }) => {
  const sign = (TONES[status] ?? ["quiet", "minus"])[1];
  return sign ? h(Icon, { name: sign }) : h(Spinner);
};

// The status of a job, step or VM; the API's own word, never by colour alone.
export const Status = ({ status, large }) =>
  span({ class: classes("status", `tone-${tone(status)}`, large && "status-large"), "data-status": status }, h(StatusSign, { status }), texts.standing[status] ?? status);

// Browsers let pages copy on HTTPS and localhost only.
export const canCopy = Boolean(navigator.clipboard);

// An id in full, which one click copies.
export class Id extends Component {
  copy = async () => {
    await navigator.clipboard.writeText(this.props.value);
    this.setState({ copied: true });
    window.setTimeout(() => this.setState({ copied: false }), 1500);
  };

  render({ value, what }) {
    const { copied } = this.state;
    return span(
      { class: "id" },
      code(value),
      canCopy && button(
        { type: "button", class: "icon-button", onClick: this.copy, "aria-label": copied ? texts.copiedOf(what ?? value) : texts.copyOf(what ?? value), title: copied ? texts.copied : texts.copy },
        h(Icon, { name: copied ? "check" : "copy" }),
      ),
    );
  }
}

// A button. With `why` it stays reachable, does nothing, and says why.
export class Action extends Component {
  id = uniqueId("why");

  click = (event) => {
    if (this.props.why || this.props.busy) {
      event.preventDefault();
    } else {
      this.props.onClick?.(event);
    }
  };

  render({ label, kind = "secondary", type = "button", why, busy, icon }) {
    const inner = button(
      {
        type,
        class: `button ${kind}`,
        onClick: this.click,
        "aria-disabled": why || busy ? "true" : undefined,
        "aria-describedby": why ? this.id : undefined,
      },
      busy ? h(Spinner) : icon && h(Icon, { name: icon }),
      span(busy || label),
    );
    return why ? div({ class: "denied" }, inner, p({ class: "why", id: this.id }, h(Icon, { name: "lock" }), span(why))) : inner;
  }
}
