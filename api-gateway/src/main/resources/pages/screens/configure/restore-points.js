// The snapshots to choose from: a strip to scale, which shows gaps, and a list by day along a line.
import { Moment } from "../../components/basics.js";
import { Icon } from "../../components/icon.js";
import { Empty } from "../../components/notice.js";
import { Words } from "../../components/words.js";
import { classes, div, fieldset, h, input, label, legend, line, p, span, svg, uniqueId } from "../../dom.js";
import { foreign } from "../../foreign.js";
import { texts } from "../../texts.js";
import * as times from "../../times.js";

const own = texts.configure.points;
const group = uniqueId("point");
const STRIP = { width: 1000, height: 28, margin: 14 };

export const RestorePoints = ({ points, chosen, onChoose }) =>
  points.length === 0
    ? h(Empty, own.empty)
    : div(
        { class: "stack" },
        points.length > 1 && h(Strip, { points, chosen }),
        fieldset({ class: "points" }, legend({ class: "hidden" }, own.heading), byDay(points).map(([day, ofDay]) => h(Day, { key: day, day, points: ofDay, chosen, onChoose }))),
      );

const byDay = (points) => [...Map.groupBy(points, (point) => times.day(point.created_at))];

const Day = ({ day, points, chosen, onChoose }) =>
  div({ class: "points-day" }, p({ class: "points-date" }, day), points.map((point) => h(Point, { key: point.id, point, chosen: point.id === chosen?.id, onChoose })));

const Point = ({ point, chosen, onChoose }) => {
  const id = `${group}-${point.id}`;
  return div(
    { class: classes("point", chosen && "chosen", !point.restorable && "unavailable") },
    input({ type: "radio", name: group, id, value: point.id, checked: chosen, disabled: !point.restorable, onChange: () => onChoose(point.id) }),
    label(
      { for: id },
      span({ class: "point-name" }, foreign(point.name || own.unnamed)),
      span({ class: "point-age" }, h(Moment, { at: point.created_at })),
      span({ class: "muted point-size" }, times.clock(point.created_at), " · ", texts.unit.gibibytes(point.size_gigabytes), !point.of_present_boot_volume && ` · ${own.older}`),
      point.reason && span({ class: "why" }, h(Icon, { name: "lock" }), span(h(Words, null, point.reason))),
    ),
  );
};

// Decoration for those who see: the list says the same.
const Strip = ({ points, chosen }) => {
  const now = Date.now();
  const oldest = new Date(points.at(-1).created_at).getTime();
  const x = (moment) => STRIP.margin + ((new Date(moment).getTime() - oldest) / Math.max(1, now - oldest)) * (STRIP.width - 2 * STRIP.margin);
  return div(
    { class: "strip-line", "aria-hidden": "true" },
    svg(
      { viewBox: `0 0 ${STRIP.width} ${STRIP.height}`, preserveAspectRatio: "none" },
      line({ class: "strip-axis", x1: STRIP.margin, x2: STRIP.width - STRIP.margin, y1: STRIP.height / 2, y2: STRIP.height / 2 }),
    ),
    points.map((point) =>
      span({ key: point.id, class: classes("strip-dot", point.id === chosen?.id && "chosen", !point.restorable && "unavailable"), title: [foreign(point.name || own.unnamed), ": ", times.exact(point.created_at)], style: { left: `${(x(point.created_at) / STRIP.width) * 100}%` } }),
    ),
    div({ class: "strip-words muted small" }, span(times.ago(oldest)), span(own.now)),
  );
};
