// Text that somebody else chose: names, reasons, messages of the cloud. What could reorder or hide the words around it is shown as an escape.

// Controls, marks and overrides of the writing direction, line and paragraph separators, halves of a pair; not tab and line break.
const CONTROLS = /[\0-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\uFFF9-\uFFFB\uD800-\uDFFF]/gu;
// What makes two names look the same: line breaks, blanks that are no blank, characters without a width. Emoji keep their joiners and tags.
const LOOKALIKES =
  /[\t\n\r\u00A0\u00AD\u034F\u115F\u1160\u1680\u17B4\u17B5\u180B-\u180E\u2000-\u200B\u202F\u205F-\u2065\u206A-\u206F\u2800\u3164\uFEFF\uFFA0]|(?<![\u{1F3F4}\u{E0020}-\u{E007F}])[\u{E0000}-\u{E007F}]|[\u200C\u200D](?=[\0-\x7F]|$)|(?<=^|[\0-\x7F])[\u200C\u200D]/gu;
const SHORT = { "\t": "\\t", "\n": "\\n", "\r": "\\r" };
const RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;
const [FIRST_STRONG_ISOLATE, POP_ISOLATE] = ["\u2068", "\u2069"];

const escape = (character) => {
  const hex = character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
  return SHORT[character] ?? (hex.length > 4 ? `\\u{${hex}}` : `\\u${hex}`);
};

// Any text, as it may stand in the page.
export const visible = (text) => text.replace(CONTROLS, escape);

// A name: so that names which differ look different.
export const visibleName = (name) => visible(String(name)).replace(LOOKALIKES, escape);

// A name within a sentence, which keeps its writing direction to itself: a <bdi> in the page, isolating characters in plain text.
export class Foreign {
  constructor(name) {
    this.text = visibleName(name);
  }

  get isolated() {
    return RIGHT_TO_LEFT.test(this.text) ? FIRST_STRONG_ISOLATE + this.text + POP_ISOLATE : this.text;
  }
}

// A template whose values are foreign names: say`Restore ${name}`. The parts stand in an element, or in an attribute or title as `plain`.
export const say = (words, ...names) =>
  words.flatMap((part, index) => (index === 0 ? [part] : [foreign(names[index - 1]), part])).filter((part) => part !== "");

// A name that may be missing; what is said already stays as it is.
export const foreign = (name) => (typeof name === "string" && name !== "" ? new Foreign(name) : name);

// Parts as one string, where no element can be.
export const plain = (parts) =>
  [parts].flat(Infinity).map((part) => (part instanceof Foreign ? part.isolated : visible(String(part ?? "")))).join("");

// A sentence of the API with the names that are known to stand in it, and each name that is written from right to left on its own, so that what stands around it keeps its place.
const RUN = new RegExp(`(${RIGHT_TO_LEFT.source}(?:[^\\p{Script=Latin}]*${RIGHT_TO_LEFT.source})?)`, "u");
const SPECIAL = /[\\^$.*+?()[\]{}|/]/g;

export function isolateNames(sentence, names = []) {
  const known = names.filter(Boolean).sort((one, other) => other.length - one.length).map((name) => name.replace(SPECIAL, "\\$&"));
  const parts = known.length ? sentence.split(new RegExp(`(?<![\\p{L}\\p{N}])(${known.join("|")})(?![\\p{L}\\p{N}])`, "u")) : [sentence];
  return parts.flatMap((part, index) => (index % 2 ? new Foreign(part) : part.split(RUN).map((run, at) => (at % 2 ? new Foreign(run) : run)))).filter((part) => part !== "");
}
