// The heading of a screen. Whoever comes from another screen hears it, also where it is there only once something is loaded.
import { Component, createRef, h1 } from "../dom.js";

export class Title extends Component {
  heading = createRef();

  componentDidMount() {
    if (document.activeElement?.tagName === "MAIN") {
      this.heading.current.focus({ preventScroll: true });
    }
  }

  render({ children }) {
    return h1({ tabIndex: -1, ref: this.heading }, children);
  }
}
