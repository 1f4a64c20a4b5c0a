// Small drawn signs; what they say is always there as text too.
import { circle, path, svg } from "../dom.js";

const SHAPES = {
  restore: "M4.5 10a5.5 5.5 0 1 1 1.6 3.9M4.5 14.5v-4h4",
  "theme-auto": "M10 17.5a7.5 7.5 0 0 0 0-15 7.5 7.5 0 0 0 0 15zM10 2.5v15M12.5 3.5v13M15 5v10",
  "theme-light": "M10 13.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM10 1.5v2M10 16.5v2M1.5 10h2M16.5 10h2M4 4l1.4 1.4M14.6 14.6L16 16M4 16l1.4-1.4M14.6 5.4L16 4",
  "theme-dark": "M16.5 11.8A7 7 0 0 1 8.2 3.5a7 7 0 1 0 8.3 8.3z",
  eye: "M2 10s3-5.5 8-5.5S18 10 18 10s-3 5.5-8 5.5S2 10 2 10zM10 12.3a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6z",
  check: "M4 10.5l4 4 8-9",
  cross: "M5 5l10 10M15 5L5 15",
  warning: "M10 3l8 14H2zM10 8.5v4M10 14.8v.2",
  info: "M10 9v5M10 6v.2M10 18a8 8 0 1 0 0-16 8 8 0 0 0 0 16z",
  arrow: "M4 10h12M11 5l5 5-5 5",
  back: "M16 10H4M9 5l-5 5 5 5",
  down: "M5 8l5 5 5-5",
  search: "M9 15A6 6 0 1 0 9 3a6 6 0 0 0 0 12zM13.5 13.5L18 18",
  link: "M8.5 11.5a3.5 3.5 0 0 0 5 0l3-3a3.5 3.5 0 0 0-5-5l-1 1M11.5 8.5a3.5 3.5 0 0 0-5 0l-3 3a3.5 3.5 0 0 0 5 5l1-1",
  copy: "M7 7h9v9H7zM4 13V4h9",
  lock: "M5 9h10v8H5zM7 9V6.5a3 3 0 0 1 6 0V9",
  clock: "M10 5.5V10l3 2M10 18a8 8 0 1 0 0-16 8 8 0 0 0 0 16z",
  minus: "M5 10h10",
  plug: "M7 3v4M13 3v4M5 7h10v3a5 5 0 0 1-10 0zM10 15v3",
  off: "M10 3v7M6 5.5a6.5 6.5 0 1 0 8 0",
  inbox: "M3 11l2.5-7h9L17 11v5H3zM3 11h4l1 2h4l1-2h4",
};

export const Icon = ({ name }) =>
  svg({ class: "icon", viewBox: "0 0 20 20", "aria-hidden": "true", focusable: "false" }, path({ d: SHAPES[name] }));

export const Spinner = () =>
  svg({ class: "icon spinner", viewBox: "0 0 20 20", "aria-hidden": "true" }, circle({ cx: 10, cy: 10, r: 7.5 }), path({ d: "M10 2.5a7.5 7.5 0 0 1 7.5 7.5" }));
