// Words and order of a job's steps.
import { texts } from "../texts.js";

// A step that undoes another is about the same network interface as that one.
export const stepName = (step, steps, words = texts.actions) => {
  const nic = step.nic ?? steps.find((other) => other.step_order === step.undoes)?.nic ?? null;
  return (words[step.action] ?? spelled(step.action)) + (nic === null ? "" : texts.ofNic(nic));
};

// What an action without words of its own is called: create_port is Create port.
const spelled = (action) => action.charAt(0).toUpperCase() + action.slice(1).replaceAll("_", " ");

// How many steps lie before a step on the longest way to it.
export function depths(steps) {
  const byOrder = new Map(steps.map((step) => [step.step_order, step]));
  const known = new Map();
  const depth = (step) => {
    if (!known.has(step)) {
      known.set(step, 0);
      const before = step.depends_on.map((order) => byOrder.get(order)).filter(Boolean);
      known.set(step, Math.max(-1, ...before.map(depth)) + 1);
    }
    return known.get(step);
  };
  return new Map(steps.map((step) => [step.step_order, depth(step)]));
}

export const waitsFor = (step, steps) =>
  step.depends_on.map((order) => steps.find((other) => other.step_order === order)).filter(Boolean).map((other) => stepName(other, steps, texts.shortActions));
