// Functions that describe elements, div({ class: "row" }, "text", …); Preact makes the page so, text always as text.
import { Foreign, plain, visible } from "./foreign.js";
import { Component, Fragment, createContext, createRef, h as describe, render } from "./lib/preact.js";

export { Component, Fragment, createContext, createRef, render };

// An object that is no element (Preact's have no constructor) holds the attributes.
const isAttributes = (value) => value?.constructor === Object;

// Attributes that people read or hear.
const READ = ["title", "aria-label", "placeholder"];

// As Preact's, for elements with all text made visible, wherever it is from; names of others stand in a <bdi>.
export const h = (type, attributes, ...children) =>
  typeof type === "string"
    ? describe(type, readable(attributes), ...(type === "option" ? [plain(children)] : shown(children)))
    : describe(type, attributes, ...children);

function readable(attributes) {
  const read = READ.filter((name) => typeof attributes?.[name] === "string" || Array.isArray(attributes?.[name]));
  return read.length ? { ...attributes, ...Object.fromEntries(read.map((name) => [name, plain(attributes[name])])) } : attributes;
}

function shown(child) {
  if (Array.isArray(child)) {
    return child.map(shown);
  }
  if (child instanceof Foreign) {
    return describe("bdi", null, child.text);
  }
  return typeof child === "string" ? visible(child) : child;
}

const element =
  (type) =>
  (first, ...rest) =>
    isAttributes(first) ? h(type, first, ...rest) : h(type, null, first, ...rest);

export const {
  a, article, aside, bdi, button, caption, code, dd, details, dialog, div, dl, dt, fieldset, footer, form, h1, h2, h3, header,
  input, kbd, label, legend, li, main, nav, ol, option, p, pre, section, select, span, strong, summary, table, tbody, td,
  textarea, th, thead, time, tr, ul, svg, g, path, circle, rect, line, text, title,
} = new Proxy({}, { get: (_, type) => element(type) });

// Joins the class names that apply.
export const classes = (...names) => names.filter(Boolean).join(" ");

let lastId = 0;

// An id that no other element has, to tie labels and descriptions to what they are about.
export const uniqueId = (name) => `${name}-${++lastId}`;
