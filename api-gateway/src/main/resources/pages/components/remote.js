// Shows what a call answers: a skeleton first, then the answer, or the problem with a way on.
import { Component, div, h } from "../dom.js";
import { texts } from "../texts.js";
import { Action } from "./basics.js";
import { Disabled, Outage, ProblemNotice, Skeleton, isOutage } from "./notice.js";

// Properties: `load(signal)` makes the call, `show(answer, reload)` describes it, `rows` sizes the skeleton, `page` says that nothing else is on the
// screen, `missing(reload)` describes what is not there. A change of `of` loads anew.
export class Remote extends Component {
  componentDidMount() {
    void this.load();
  }

  componentDidUpdate(previous) {
    if (previous.of !== this.props.of) {
      this.setState({ answer: undefined });
      void this.load();
    }
  }

  componentWillUnmount() {
    this.calling?.abort();
  }

  load = async () => {
    this.calling?.abort();
    const calling = new AbortController();
    this.calling = calling;
    try {
      const answer = await this.props.load(calling.signal);
      if (!calling.signal.aborted) {
        this.setState({ answer, problem: undefined });
      }
    } catch (problem) {
      if (!calling.signal.aborted) {
        this.setState({ problem });
      }
    }
  };

  render({ show, rows, missing, page }, { answer, problem }) {
    if (problem) {
      return h(ProblemPage, { problem, onRetry: this.load, missing: missing && (() => missing(this.load)), page });
    }
    return answer === undefined ? h(Skeleton, { rows }) : show(answer, this.load);
  }
}

// A problem instead of what was asked for; with `page` it is the whole of a screen.
export const ProblemPage = ({ problem, onRetry, missing, page }) => {
  if (problem.kind === "restore-disabled") {
    return h(Disabled, { onRetry, page });
  }
  if (isOutage(problem)) {
    return h(Outage, { problem, onRetry, page });
  }
  if (problem.status === 404 && missing) {
    return missing();
  }
  return div({ class: "stack" }, h(ProblemNotice, { problem }), div(h(Action, { label: texts.retry, onClick: onRetry })));
};
