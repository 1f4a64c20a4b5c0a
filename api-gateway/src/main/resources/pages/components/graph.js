// The steps as a graph from left to right, an edge for each dependency. The list of steps says the same in words.
import { classes, div, g, h, path, rect, svg, text, title } from "../dom.js";
import { texts } from "../texts.js";
import { tone } from "./basics.js";
import { depths, stepName, waitsFor } from "./steps.js";

const NODE = { width: 132, height: 46 };
const GAP = { x: 34, y: 14 };

export const Graph = ({ steps }) => {
  const { nodes, columns, rows } = place(steps);
  const width = columns * (NODE.width + GAP.x) - GAP.x + 2;
  const height = rows * (NODE.height + GAP.y) - GAP.y + 2;
  const byOrder = new Map(nodes.map((node) => [node.step.step_order, node]));
  return div(
    { class: "graph" },
    svg(
      { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": texts.job.plan.stepsLabel(steps.length), style: { maxWidth: `${width * 1.25}px` } },
      nodes.flatMap((node) =>
        node.step.depends_on
          .filter((order) => byOrder.has(order))
          .map((order) => path({ key: `${order}-${node.step.step_order}`, class: "graph-edge", d: edge(byOrder.get(order), node) })),
      ),
      nodes.map((node) => h(Node, { key: node.step.step_order, steps, ...node })),
    ),
  );
};

const Node = ({ step, steps, x, y }) =>
  g(
    { class: classes("graph-node", step.status && `tone-${tone(step.status)}`), transform: `translate(${x} ${y})` },
    title(`${stepName(step, steps)}${step.status ? `: ${step.status}` : ""}. ${step.depends_on.length ? texts.job.progress.after(waitsFor(step, steps).join(", ")) : texts.job.progress.noWait}`),
    rect({ width: NODE.width, height: NODE.height, rx: 8 }),
    text({ x: 12, y: step.status ? 20 : 28, class: "graph-name" }, stepName(step, steps, texts.shortActions)),
    step.status && text({ x: 12, y: 36, class: "graph-status" }, texts.status[step.status].toLowerCase()),
  );

// A column for each depth; what undoes a step stands below it, so that a rollback runs back from right to left.
function place(steps) {
  const depth = depths(steps.filter((step) => step.undoes === null));
  const columnOf = (step) => depth.get(step.undoes ?? step.step_order) ?? 0;
  const [forward, back] = [steps.filter((step) => step.undoes === null), steps.filter((step) => step.undoes !== null)].map((band) =>
    Map.groupBy(band, columnOf),
  );
  const heightOf = (band) => Math.max(0, ...[...band.values()].map((column) => column.length));
  const node = (band, top, centred) => (step) => {
    const column = band.get(columnOf(step));
    const row = top + column.indexOf(step) + (centred ? (heightOf(band) - column.length) / 2 : 0);
    return { step, x: 1 + columnOf(step) * (NODE.width + GAP.x), y: 1 + row * (NODE.height + GAP.y) };
  };
  const upper = heightOf(forward);
  return {
    nodes: steps.map((step) => (step.undoes === null ? node(forward, 0, true) : node(back, upper, false))(step)),
    columns: Math.max(...steps.map(columnOf)) + 1,
    rows: upper + heightOf(back),
  };
}

const edge = (from, to) => {
  if (from.x === to.x) {
    const [upper, lower] = from.y < to.y ? [from, to] : [to, from];
    return `M${upper.x + NODE.width / 2} ${upper.y + NODE.height}V${lower.y}`;
  }
  const [start, end] = to.x < from.x ? [to, from] : [from, to];
  const [x1, y1, x2, y2] = [start.x + NODE.width, start.y + NODE.height / 2, end.x, end.y + NODE.height / 2];
  const bend = (x2 - x1) / 2;
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
};
