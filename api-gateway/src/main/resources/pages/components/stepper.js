// Which of the three steps of a restore one is at; steps that lie behind are links.
import { a, classes, li, nav, ol, span } from "../dom.js";
import { texts } from "../texts.js";

const STEPS = ["select", "configure", "execute"];

// Properties: `at` is the present step, `links` has the paths of earlier ones.
export const Stepper = ({ at, links = {} }) =>
  nav(
    { class: "stepper", "aria-label": texts.stepper.label },
    ol(
      STEPS.map((step, index) => {
        const behind = index < STEPS.indexOf(at);
        const words = [span({ class: "stepper-number", "aria-hidden": "true" }, index + 1), span(texts.stepper[step])];
        return li(
          { key: step, class: classes("stepper-step", behind && "behind", step === at && "present") },
          behind && links[step]
            ? a({ href: links[step] }, words)
            : span({ class: "stepper-words", "aria-current": step === at ? "step" : undefined }, words),
        );
      }),
    ),
  );
