/* The list of customers for any question and filter, laid together on the phone as templates/customers/index.html lays it
   together on the server: from the same parts, whose holes ⟦so⟧ are filled here, in the same order, page by page. */
import { dayWritten, esc, weave } from "./compose.js";
import { addressOf, argsOf, asked, narrows } from "./filters.js";
import { matches, search, simplifier } from "./search.js";
import { DAY } from "./names.js";

const PAGE = 30, HOME = "/customers";
const BUCKETS = ["overdue", "today", "week", "later", "none"];
const LIE_IN = { overdue: ["overdue"], today: ["today"], week: ["overdue", "today", "week"], none: ["none"], "": BUCKETS };
const RADIUS = 6_371_008.8; // of the earth, in metres

const earlier = (a, b) => (a < b ? -1 : Number(a > b));
const sunday = (day) => new Date(Date.parse(day) + ((7 - new Date(day).getUTCDay()) % 7) * DAY).toISOString().slice(0, 10);
const bucketOf = (on, day, end) => (!on ? "none" : on === day ? "today" : on < day ? "overdue" : on <= end ? "week" : "later");
const flat = ([latitude, longitude], at) => (at[0] - latitude) ** 2 + ((at[1] - longitude) * Math.cos((latitude * Math.PI) / 180)) ** 2;

function metres(a, b) {
  const [la, lo, lb, lp] = [...a, ...b].map((degrees) => (degrees * Math.PI) / 180);
  const half = Math.sin((lb - la) / 2) ** 2 + Math.cos(la) * Math.cos(lb) * Math.sin((lp - lo) / 2) ** 2;
  return 2 * RADIUS * Math.asin(Math.sqrt(Math.min(1, half)));
}

const ORDERS = {
  name: () => (a, b) => earlier(a.sort, b.sort),
  recent: () => (a, b) => !a.last - !b.last || earlier(b.last ?? "", a.last ?? ""),
  due: () => (a, b) => !a.on - !b.on || earlier(a.on ?? "", b.on ?? "") || earlier(a.level, b.level),
  nearby: (place) => (a, b) => flat(place, a.at) - flat(place, b.at),
};

/** One list: `rows` and `moulds` as the pack keeps them; `cards(ids)` gives what came with each card; day (ISO), lang of the reader. */
class List {
  constructor({ rows, moulds }, params, { day, lang, cards }) {
    Object.assign(this, { day, lang, cards, parts: moulds.parts, simplified: simplifier(moulds.simple), filters: asked(params, moulds.parts) });
    const end = sunday(day);
    this.bucket = (one) => bucketOf(one.on, day, end);
    this.base = narrows(this.filters, rows);
    this.order = this.filters.sort === "nearby" && !this.filters.place ? "due" : this.filters.sort || "due";
    this.found = this.#find();
    this.from = (this.filters.page - 1) * PAGE;
    this.shown = this.found.slice(this.from, this.from + PAGE);
  }

  #find() {
    const { q, level, due, place } = this.filters;
    const wanted = this.base.filter((one) => (!level || one.level === level) && (!due || LIE_IN[due].includes(this.bucket(one))) && (this.order !== "nearby" || one.at));
    const by = ORDERS[this.order](place);
    return q ? search(q, wanted, this.simplified) : wanted.sort((a, b) => by(a, b) || earlier(a.id, b.id));
  }

  part(name, values = {}) { return weave(this.parts[name] ?? "", values); }
  plural(name, n, values) { return this.part(`${name}_${n === 1 ? "one" : "other"}`, { n: String(n), ...values }); }
  to(changes) { return esc(addressOf(HOME, argsOf(this.filters, changes))); }
  count(buckets, level) { return this.base.filter((one) => buckets.includes(this.bucket(one)) && (!level || one.level === level)).length; }
  new() { return esc(addressOf(`${HOME}/new`, this.filters.q ? [["name", this.filters.q]] : [])); }

  dayShort(on) { return dayWritten(on, this.lang, false); }

  distance(m) {
    const n = m < 950 ? Math.max(10, Math.round(m / 10) * 10) : Number((m / 1000).toFixed(m < 9950 ? 1 : 0));
    return this.part(m < 950 ? "m" : "km", { n: new Intl.NumberFormat(this.lang).format(n) });
  }

  line(one, { html, minds } = { html: "", minds: [["", ""]] }) {
    const { q, plan, place } = this.filters;
    const people = one.people ?? (one.stranger ? [[one.stranger]] : []), who = (q && people.find(([, said]) => said && matches(q, said, this.simplified))) || people[0];
    const href = plan ? addressOf(`/days/${plan}/stops/new`, [["add", one.id]]) : `${HOME}/${one.id}`;
    const mind = minds.findLast(([since]) => since <= this.day)[1], end = place && one.at ? this.distance(metres(place, one.at)) : "";
    return weave(html, { href: esc(href), title: esc(one.name), person: esc(who?.[0] ?? ""), mind, end });
  }

  async groups() {
    const cards = await this.cards(this.shown.map(({ id }) => id)), lines = this.shown.map((one, n) => this.line(one, cards[n])), { q, level, page } = this.filters;
    const rows = (bucket) => lines.filter((_line, n) => !bucket || this.bucket(this.shown[n]) === bucket).join("");
    const heading = (bucket) => this.plural(bucket, this.count([bucket], level), { day: this.dayShort(this.day) });
    const inGroups = !q && this.order === "due", all = [["group_all", "", () => this.part(q ? "found" : "title")]];
    return (inGroups ? BUCKETS.map((bucket) => ["group", bucket, heading]) : all).filter(([, bucket]) => rows(bucket))
      .map(([mould, bucket, text]) => this.part(mould, { heading: text(bucket), rows: rows(bucket) })).join("")
      + (this.found.length > this.from + PAGE ? this.part("more", { href: this.to({ page: page + 1 }) }) : "");
  }

  /** The filters that were set on the page of all filters; a tap takes one away. */
  narrowed() {
    const { stage, industry, area, tag } = this.filters;
    const texts = Object.entries({ stage: stage && this.part(`stage_${stage}`), industry: esc(industry), area: esc(area), tag: tag && esc(`#${tag}`) });
    return texts.filter(([, text]) => text).map(([name, text]) => this.part("set_chip", { text, href: this.to({ [name]: "" }) })).join("");
  }

  chips() {
    const { filters } = this, { due, level } = filters;
    const chip = (name, value, text, n) => this.part(filters[name] === value ? "chip_open" : "chip", {
      text: `${text}${/[\x00-\x7f]$/.test(text) ? " " : ""}${n}`, href: this.to({ [name]: filters[name] === value ? "" : value }),
    });
    const byDue = (when) => chip("due", when, this.part(`due_${when}`), this.count(LIE_IN[when], level));
    const levels = [..."ABCDEF"].filter((one) => one === level || this.count(BUCKETS, one)).map((one) => chip("level", one, one, this.count(LIE_IN[due], one)));
    const chips = [this.narrowed(), byDue(["overdue", "today"].includes(due) ? due : "week"), this.#nearby(), byDue("none"), ...levels].join("");
    return this.part("nav", { chips }) + (filters.sort === "nearby" && !filters.place ? this.part("no_place") : "");
  }

  #nearby() {
    if (this.filters.sort === "nearby" && this.filters.place) return this.part("chip_open", { text: this.part("near"), href: this.to({ sort: "", place: null }) });
    return this.part("nearby", { kept: this.hidden({ sort: "nearby", place: null }) });
  }

  hidden(changes) { return argsOf(this.filters, changes).map(([name, value]) => this.part("hidden", { name, value: esc(String(value)) })).join(""); }

  blank() {
    const { q, level, due, plan, page, sort } = this.filters, is = level || due || this.narrowed(), args = (name, value) => (value ? [[name, value]] : []);
    if (q) return this.part(is ? "not_found_here" : "not_found", { q: esc(q), new: this.new(), everywhere: esc(addressOf(HOME, args("q", q))) });
    if (page > 1 || is) return this.part(`none_here_${due && due !== "none" ? "week" : due}`, { all: esc(addressOf(HOME, args("plan", plan))) });
    return this.part(sort === "nearby" ? "none_placed" : "none_at_all");
  }

  bar() {
    const { q, plan } = this.filters, title = plan ? this.part("title_plan", { day: this.dayShort(plan) }) : this.part("title");
    const note = q ? "" : this.plural("note", this.base.length, { due: String(this.count(LIE_IN.week)) });
    return this.part(plan ? "bar_back" : "bar", { title, note, new: this.new(), narrow: esc(addressOf(`${HOME}/filter`, argsOf(this.filters))), back: `/days/${plan}` });
  }

  async page() {
    const { q, page } = this.filters, set = q && this.narrowed();
    const top = q ? set && this.part("wrap", { chips: set }) : this.chips(), newer = page > 1 ? this.part("newer", { href: this.to({ page: page - 1 }) }) : "";
    return this.part("frame", {
      bar: this.bar(), top: top + newer, rows: await this.groups(), blank: this.shown.length ? "" : this.blank(),
      search: this.part("search", { q: esc(q), kept: this.hidden({ q: "" }) }),
    });
  }
}

/** The page of the list that the search part of an address asks for. */
export const listPage = (list, params, means) => new List(list, params, means).page();
