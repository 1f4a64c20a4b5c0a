// The steps as a graph from left to right, an edge for each dependency. The list of steps says the same in words.
import { classes, div, g, h, path, rect, svg, text, title } from "../dom.js";
import { texts } from "../texts.js";
import { tone } from "./basics.js";
import { depths, stepName, waitsFor } from "./steps.js";

const NODE = { width: 132, height: 46 };
const GAP = { x: 34, y: 14 };

export const Graph = ({ steps }) => {
  const placed = place(steps);
  const columns = Math.max(...placed.map((node) => node.column)) + 1;
  const rows = Math.max(...placed.map((node) => node.rows));
  const width = columns * (NODE.width + GAP.x) - GAP.x + 2;
  const height = rows * (NODE.height + GAP.y) - GAP.y + 2;
  const byOrder = new Map(placed.map((node) => [node.step.step_order, node]));
  const at = (node) => ({
    x: 1 + node.column * (NODE.width + GAP.x),
    y: 1 + ((rows - node.rows) / 2 + node.row) * (NODE.height + GAP.y),
  });
  return div(
    { class: "graph" },
    svg(
      { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": texts.job.plan.stepsLabel(steps.length), style: { maxWidth: `${width * 1.25}px` } },
      placed.flatMap((node) =>
        node.step.depends_on
          .filter((order) => byOrder.has(order))
          .map((order) => path({ key: `${order}-${node.step.step_order}`, class: "graph-edge", d: edge(at(byOrder.get(order)), at(node)) })),
      ),
      placed.map((node) => h(Node, { key: node.step.step_order, step: node.step, steps, ...at(node) })),
    ),
  );
};

const Node = ({ step, steps, x, y }) =>
  g(
    { class: classes("graph-node", step.status && `tone-${tone(step.status)}`), transform: `translate(${x} ${y})` },
    title(`${stepName(step)}${step.status ? `: ${step.status}` : ""}. ${step.depends_on.length ? texts.job.progress.after(waitsFor(step, steps).join(", ")) : texts.job.progress.noWait}`),
    rect({ width: NODE.width, height: NODE.height, rx: 8 }),
    text({ x: 12, y: step.status ? 20 : 28, class: "graph-name" }, stepName(step, texts.shortActions)),
    step.status && text({ x: 12, y: 36, class: "graph-status" }, texts.status[step.status].toLowerCase()),
  );

function place(steps) {
  const depth = depths(steps);
  const columns = Map.groupBy(steps, (step) => depth.get(step.step_order));
  return steps.map((step) => {
    const column = columns.get(depth.get(step.step_order));
    return { step, column: depth.get(step.step_order), row: column.indexOf(step), rows: column.length };
  });
}

const edge = (from, to) => {
  const [x1, y1, x2, y2] = [from.x + NODE.width, from.y + NODE.height / 2, to.x, to.y + NODE.height / 2];
  const bend = (x2 - x1) / 2;
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
};
