// Functions that describe elements, div({ class: "row" }, "text", …); Preact makes the page so, text always as text.
import { Component, Fragment, createRef, h, render } from "./lib/preact.js";

export { Component, Fragment, createRef, h, render };

// An object that is no element (Preact's have no constructor) holds the attributes.
const isAttributes = (value) => value?.constructor === Object;

const element =
  (type) =>
  (first, ...rest) =>
    isAttributes(first) ? h(type, first, ...rest) : h(type, null, first, ...rest);

export const {
  a, article, aside, button, caption, code, dd, details, dialog, div, dl, dt, fieldset, footer, form, h1, h2, h3, header,
  input, kbd, label, legend, li, main, nav, ol, option, p, pre, section, select, span, strong, summary, table, tbody, td,
  textarea, th, thead, time, tr, ul, svg, g, path, circle, rect, line, text, title,
} = new Proxy({}, { get: (_, type) => element(type) });

// Joins the class names that apply.
export const classes = (...names) => names.filter(Boolean).join(" ");

let lastId = 0;

// An id that no other element has, to tie labels and descriptions to what they are about.
export const uniqueId = (name) => `${name}-${++lastId}`;
