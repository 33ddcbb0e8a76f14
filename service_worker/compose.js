/* What a stored page becomes when it is shown: placeholders give way to a fresh id for each form and to the phone's own
   days (docs/protocol.md). Text in, text out: there is no DOM in a worker. */
import { BLANK_ID, DAY } from "./names.js";

const PLACE = new RegExp(`${BLANK_ID}|0000-00-00(?:~(\\d+)d|~w(\\d)|~(m))?`, "g");
const iso = (time) => new Date(time).toISOString().slice(0, 10);

/** The day (ISO) that it is in this zone: as Swedes write it, since what Canadians write differs from browser to browser. */
export function today(now, zone) {
  try {
    return new Intl.DateTimeFormat("sv-SE", { timeZone: zone || undefined, year: "numeric", month: "2-digit", day: "2-digit" }).format(now);
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

/** A day as the server writes it: 11月24日, 11月24日 周二; 24 Nov, Tue 24 Nov. */
export function dayWritten(day, lang, isLong = true) {
  const at = new Date(day), said = (options) => new Intl.DateTimeFormat(lang, { timeZone: "UTC", ...options }).format(at);
  const short = lang === "en" ? `${at.getUTCDate()} ${said({ month: "short" })}` : said({ month: "short", day: "numeric" }), weekday = said({ weekday: "short" });
  if (!isLong) return short;
  return lang === "en" ? `${weekday} ${short}` : `${short} ${weekday}`;
}

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;" };

/** Text as it stands in a page, written as the server writes it. */
export const esc = (text) => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign]);

const ALONE = /<(\w+)\b(?![^>]*\bid=)[^>]*>\s*⟦(\w+)⟧\s*<\/\1>/g, HOLE = /⟦(\w+)⟧/g;

/** A part with its holes filled; an element without an id that would hold nothing but an empty one is left out. `values` are HTML. */
export function weave(part, values) {
  const empty = (name) => name in values && (values[name] ?? "") === "";
  return part.replace(ALONE, (found, _tag, name) => (empty(name) ? "" : found)).replace(HOLE, (found, name) => (name in values ? values[name] ?? "" : found));
}

const HANDED_ON = { stop: "stop_id", check_in: "check_in_id", customer: "customer" }, WRITTEN = ["name", "heard"], CHOICES = { category: "category", contact: "contact_id" };
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const fields = (name) => new RegExp(`<input\\b[^>]*\\bname="${name}"[^>]*>`, "g");
export const valued = (html, name, value) => html.replace(fields(name), (input) => input.replace(/ value="[^"]*"/, "").replace(/>$/, () => ` value="${esc(value)}">`));

/** A blank form that is opened from a stop of the plan, on arriving, or with a word to begin with, says so: what its
 *  address names goes into its fields. */
export function handOn(html, params) {
  let form = html;
  for (const [param, field] of Object.entries(HANDED_ON)) if (ID.test(params.get(param) ?? "")) form = valued(form, field, params.get(param));
  for (const name of WRITTEN) if (params.get(name)) form = valued(form, name, params.get(name).slice(0, 200));
  for (const [param, field] of Object.entries(CHOICES)) {
    const value = params.get(param);
    if (value) form = form.replace(fields(field), (input) => (input.includes(` value="${esc(value)}"`) && !/ checked\b/.test(input) ? input.replace(/>$/, " checked>") : input));
  }
  return form;
}

/** A page whose chips open a list, when filters are set already: each keeps them, and a second tap on one takes it away. */
export function narrowed(html, params, list) {
  const set = new URLSearchParams([...params].filter(([name, value]) => value && name !== "q"));
  return html.replace(/<a class="chip" href="([^"?]*)\?([^"]*)"( aria-current="true")?/g, (found, path, args) => {
    const [[name, value]] = new URLSearchParams(args.replaceAll("&amp;", "&")), open = set.get(name) === value, other = new URLSearchParams(set);
    if (path !== list || name === "q") return found;
    open ? other.delete(name) : other.set(name, value);
    return `<a class="chip" href="${list}?${esc(other.toString())}"${open ? ' aria-current="true"' : ""}`;
  });
}

const ITEM = /<li class="item">.*?<\/li>/gs, SECTION = /<section\b[^>]*>(?:(?!<\/section>).)*?<ul class="rows card" role="list">\s*<\/ul>\s*<\/section>/gs;

/** A page of rows without those that `keep(id)` leaves out, and without the sections that were left empty; `none` if none of those
 *  with a small heading is left. */
export function fewer(html, keep, none) {
  const rows = html.replace(ITEM, (item) => (keep(/\/([0-9a-f-]{36})/.exec(item)?.[1]) ? item : "")).replace(SECTION, "");
  return rows.includes('<h3 class="note"') ? rows : rows.replace("</main>", () => `${none}</main>`);
}

/** A talk track that is opened for a customer: how it went is noted with him. */
export function chosen(html, params) {
  const customer = params.get("customer") ?? "";
  if (!ID.test(customer)) return html;
  return html.replace('href="/worth"', `href="/customers/${customer}/comparisons/new"`).replace(/(<form method="post" action="\/playbook\/[^"]*\/uses">)/g, `$1<input type="hidden" name="customer" value="${customer}">`)
    .replace(/href="\/playbook(\/[0-9a-f-]{36})?(\?q=[^"]*)?"/g, (_found, track = "", q = "") => `href="/playbook${track}${q ? `${q}&amp;` : "?"}customer=${customer}"`);
}

const LANG = /<html lang="([^"]+)"/;

/** The language of a page. */
export const langOf = (html) => LANG.exec(html)?.[1] ?? "";

const USER = /<body\b[^>]*\bdata-user="([0-9a-f]*)"/;

const ZONE = /<body\b[^>]*\bdata-zone="([^"]*)"/;

/** The zone in which its reader counts days; "" if the page does not say. */
export const zoneOf = (html) => ZONE.exec(html)?.[1] ?? "";

/** Whose page this is: "" for nobody's, undefined when it is no page of ours. */
export const userOf = (html) => USER.exec(html)?.[1];

const SIGNS = { amp: "&", lt: "<", gt: ">", "#39": "'", "#34": '"', quot: '"' };

/** What stands in the HTML, as one reads it; "" for nothing. */
export const textIn = (html) => (html ?? "").replace(/&(amp|lt|gt|#39|#34|quot);/g, (_all, sign) => SIGNS[sign]).trim();

/** What a page is called, without the name of the house behind it; "" if there is no page. */
export function titleOf(html) {
  return textIn(/<title>([^<]*)<\/title>/.exec(html ?? "")?.[1].replace(/ · [^·]*$/, ""));
}
