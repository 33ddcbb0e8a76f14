/* What a stored page becomes when it is shown: placeholders give way to a fresh id for each form and to the phone's own
   days (docs/protocol.md). Text in, text out: there is no DOM in a worker. */
import { BLANK_ID, DAY } from "./names.js";

const PLACE = new RegExp(`${BLANK_ID}|0000-00-00(?:~(\\d+)d|~w(\\d)|~(m))?`, "g");
const iso = (time) => new Date(time).toISOString().slice(0, 10);

/** The day (ISO) that it is in this zone. */
export function today(now, zone) {
  try {
    return new Intl.DateTimeFormat("en-CA", { timeZone: zone || undefined, year: "numeric", month: "2-digit", day: "2-digit" }).format(now);
  } catch {
    return iso(now);
  }
}

function nextMonth(day) {
  const [year, month, date] = day.split("-").map(Number), last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return iso(Date.UTC(year, month, Math.min(date, last)));
}

/** The day that a placeholder means: so many days later, that weekday (1…7) of next week, or a month later. */
export function dayOf(base, days, weekday, month) {
  const at = Date.parse(`${base}T00:00:00Z`);
  if (days) return iso(at + Number(days) * DAY);
  if (weekday) return iso(at + (7 - ((new Date(at).getUTCDay() + 6) % 7) + Number(weekday) - 1) * DAY);
  return month ? nextMonth(base) : base;
}

export function fill(html, { ids, day }) {
  return html.replace(PLACE, (found, days, weekday, month) => (found === BLANK_ID ? ids() : dayOf(day, days, weekday, month)));
}

const HANDED_ON = { stop: "stop_id", check_in: "check_in_id" };
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A blank form that is opened from a stop of the plan, or on arriving, says so: what its address names goes into its hidden fields. */
export function handOn(html, params) {
  let form = html;
  for (const [param, field] of Object.entries(HANDED_ON)) {
    const id = params.get(param);
    if (ID.test(id ?? "")) form = form.replace(new RegExp(`<input\\b[^>]*\\bname="${field}"[^>]*>`, "g"), (input) => input.replace(/ value="[^"]*"/, "").replace(/>$/, ` value="${id}">`));
  }
  return form;
}

const USER = /<body\b[^>]*\bdata-user="([0-9a-f]*)"/;

const ZONE = /<body\b[^>]*\bdata-zone="([^"]*)"/;

/** The zone in which its reader counts days; "" if the page does not say. */
export const zoneOf = (html) => ZONE.exec(html)?.[1] ?? "";

/** Whose page this is: "" for nobody's, undefined when it is no page of ours. */
export const userOf = (html) => USER.exec(html)?.[1];

const SIGNS = { amp: "&", lt: "<", gt: ">", "#39": "'", "#34": '"', quot: '"' };

/** What a page is called, without the name of the house behind it; "" if there is no page. */
export function titleOf(html) {
  const title = /<title>([^<]*)<\/title>/.exec(html ?? "")?.[1] ?? "";
  return title.replace(/ · [^·]*$/, "").replace(/&(amp|lt|gt|#39|#34|quot);/g, (_all, sign) => SIGNS[sign]).trim();
}
