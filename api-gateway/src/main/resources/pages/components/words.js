// Sentences of the API. The moments in them are in UTC; here they are in the viewer's zone, like all others.
import { createContext, h, span } from "../dom.js";
import { isolateNames } from "../foreign.js";
import { Moment } from "./basics.js";

const MOMENT = /(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z)/;

// The names of others that the sentences within it are about.
export const Names = createContext([]);

// A regular expression with a group makes every second part a moment.
export const Words = ({ children }) =>
  h(Names.Consumer, null, (names) =>
    span(String(children ?? "").split(MOMENT).map((part, index) => (index % 2 ? h(Moment, { key: index, at: part, short: true }) : isolateNames(part, names)))),
  );
