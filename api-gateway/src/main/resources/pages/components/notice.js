// What a screen shows instead of, or above, its content: problems, notices, emptiness, waiting.
import { Component, classes, div, h, h2, li, p, span, ul } from "../dom.js";
import { texts } from "../texts.js";
import { Action, Id } from "./basics.js";
import { Icon } from "./icon.js";
import { Title } from "./title.js";
import { Words } from "./words.js";

const SIGNS = { bad: "cross", warn: "warning", info: "info", good: "check", quiet: "info" };

// A box with a sign; `role` alert makes it heard at once.
export const Notice = ({ tone = "info", title, role, children }) =>
  div(
    { class: `notice tone-${tone}`, role },
    h(Icon, { name: SIGNS[tone] }),
    div({ class: "notice-text" }, title && p({ class: "notice-title" }, title), children),
  );

// A problem in the API's own words, with what helps to find it in the logs.
export const ProblemNotice = ({ problem }) =>
  h(
    Notice,
    { tone: "bad", title: problem.title, role: "alert" },
    p(h(Words, null, problem.detail)),
    problem.reasons?.length > 0 && ul(problem.reasons.map((reason) => li({ key: reason }, h(Words, null, reason)))),
    problem.request_id && p({ class: "small" }, texts.requestId, " ", h(Id, { value: problem.request_id, what: texts.requestId })),
  );

// Nothing to show, and what to do about it; with `page` it is the whole of a screen.
export const Empty = ({ icon = "inbox", title, detail, page, children }) =>
  div({ class: "empty" }, h(Icon, { name: icon }), page ? h(Title, null, title) : h2(title), detail && p(detail), children);

// Grey bars in the shape of what is coming.
export const Skeleton = ({ rows = 4 }) =>
  div(
    { class: "skeleton", role: "status" },
    span({ class: "hidden" }, texts.loading),
    Array.from({ length: rows }, (_, row) => div({ key: row, class: classes("bone", `bone-${row % 4}`) })),
  );

const WORTH_WAITING = [502, 503, 504, 0];

// Whether a problem is that something behind the page is away.
export const isOutage = (problem) => WORTH_WAITING.includes(problem.status);

// The whole page when a backend is missing: says which, and tries again by itself.
export class Outage extends Component {
  constructor(props) {
    super(props);
    this.state = { left: props.problem.retryAfter ?? 5 };
  }

  componentDidMount() {
    this.timer = window.setInterval(this.tick, 1000);
  }

  componentDidUpdate(previous) {
    if (previous.problem !== this.props.problem) {
      this.setState({ left: this.props.problem.retryAfter ?? 5 });
    }
  }

  componentWillUnmount() {
    window.clearInterval(this.timer);
  }

  tick = () => {
    const left = this.state.left - 1;
    this.setState({ left });
    if (left === 0) {
      this.props.onRetry();
    }
  };

  render({ problem, onRetry, page }, { left }) {
    const own = texts.problem.missingBackend;
    return h(
      Empty,
      { icon: "plug", page, title: own[problem.kind] ?? problem.title, detail: problem.detail },
      p({ class: "muted" }, own.lead),
      problem.request_id && p({ class: "small" }, texts.requestId, " ", h(Id, { value: problem.request_id, what: texts.requestId })),
      div({ class: "row center" }, h(Action, { label: texts.retry, kind: "primary", onClick: onRetry }), span({ class: "muted small", "aria-live": "off" }, left > 0 ? texts.retryIn(left) : texts.loading)),
    );
  }
}

// The whole page while the feature is switched off.
export const Disabled = ({ onRetry, page }) => {
  const own = texts.problem.disabled;
  return h(
    Empty,
    { icon: "off", page, title: own.title },
    p(own.detail, " ", h("code", null, own.setting), " ", own.then),
    h(Action, { label: texts.retry, onClick: onRetry }),
  );
};
