// Moments and durations as people read them, in the viewer's own time zone.
import { texts } from "./texts.js";

const EXACT = new Intl.DateTimeFormat("en-GB", {
  weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit",
  timeZoneName: "short",
});
const SHORT = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" });
const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const POINT = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric" });
const AGO = new Intl.RelativeTimeFormat("en", { numeric: "always" });
const UNITS = [
  ["year", 365 * 86_400],
  ["month", 30 * 86_400],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

export const exact = (moment) => EXACT.format(new Date(moment));
export const short = (moment) => SHORT.format(new Date(moment));
const SECONDS = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });

export const clockWithSeconds = (moment) => SECONDS.format(new Date(moment));
export const clock = (moment) => CLOCK.format(new Date(moment));
export const point = (moment) => POINT.format(new Date(moment)).replace(",", "");
export const day = (moment) => DAY.format(new Date(moment));

// "3 hours ago"; the largest unit that fits.
export function ago(moment, now = Date.now()) {
  const seconds = Math.round((now - new Date(moment).getTime()) / 1000);
  for (const [unit, length] of UNITS) {
    if (Math.abs(seconds) >= length) {
      return AGO.format(-Math.trunc(seconds / length), unit);
    }
  }
  return texts.justNow;
}

// "1 min 5 s", from milliseconds.
export function duration(milliseconds) {
  if (milliseconds < 1000) {
    return texts.unit.milliseconds(Math.max(0, Math.round(milliseconds)));
  }
  const seconds = milliseconds / 1000;
  if (seconds < 10) {
    return texts.unit.seconds(seconds.toFixed(1));
  }
  const whole = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const { unit } = texts;
  const parts = [hours && unit.hours(hours), minutes && unit.minutes(minutes), !hours && rest && unit.seconds(rest)];
  return parts.filter(Boolean).join(" ");
}

// "23 h 12 min" or "12 days": how much work of people that is.
export function since(moment, now = Date.now()) {
  const minutes = Math.max(0, Math.floor((now - new Date(moment).getTime()) / 60_000));
  return minutes < 48 * 60 ? duration(Math.max(1, minutes) * 60_000) : texts.unit.days(Math.floor(minutes / (24 * 60)));
}

// From a moment to another, or to now if that is not yet known.
export const between = (start, end, now = Date.now()) => (end ? new Date(end).getTime() : now) - new Date(start).getTime();
