/* A customer whom only this phone knows: written down on the road, and not yet on the server. His pages are those that
   the server wrote of a stranger (webapp/field_pack/strangers.py), with his id and what was written put in. */
import { dayWritten, esc, langOf, weave } from "./compose.js";
import { NOBODY, hasArrived } from "./names.js";

const OWN = /^\/customers\/([0-9a-f-]{36})(?=[/?]|$)/;
const ANYBODYS = "/comparisons/new", LEVEL = "E", SOME_DAY = "2000-01-01";

const toldBy = ({ id, fields }) => {
  const told = Object.fromEntries(fields), name = told.name ?? "", short = told.short_name || name;
  return { ...told, id, name, title: short, level: told.level || LEVEL, full: short === name ? "" : name, contact: [told.contact_name, told.contact_title].filter(Boolean).join(" · "), where: [told.city, told.district, told.address].filter(Boolean).join(" ") };
};

/** Those whom the server has not got yet, or whose card has not come since. */
export async function strangers({ store }) {
  const [pulled = 0, entries] = await Promise.all([store.fact("pulled"), store.entries()]);
  return entries.filter((entry) => entry.action === "/customers" && (!hasArrived(entry) || entry.answer.at > pulled)).map(toldBy);
}

const LINES = ["full", "where", "phone", "contact", "contact_phone", "next_step", "pain", "note", "soon"];
const EMPTY = /<p\b[^>]*\bdata-of="(\w+)".*?<\/p>/gs;

function put(html, one) {
  const values = Object.fromEntries(LINES.map((name) => [name, esc(one[name] ?? "")]));
  values.title = esc(one.title ?? one.name);
  return weave(html.replace(EMPTY, (line, name) => (values[name] ? line : "")), values).replaceAll(NOBODY, one.id);
}

/** A page of a stranger's, or of anybody's where one serves them all; or undefined. */
export async function strangersPage(mine, path) {
  const id = OWN.exec(path)?.[1], is = (known) => known.id === id;
  const one = id && ((await strangers(mine)).find(is) ?? (path.endsWith(ANYBODYS) && (await mine.pack.list())?.rows.find(is)));
  if (!one) return undefined;
  const blank = path.replace(id, NOBODY), sign = blank.includes("?") ? "&" : "?";
  const html = (await mine.pack.page(`${blank}${sign}level=${one.level}`)) ?? (await mine.pack.page(blank));
  return html && put(html, one);
}

/** The form that puts a customer, known or not, on a day's plan. */
export async function stopForm(mine, url) {
  const id = url.searchParams.get("add"), day = url.pathname.split("/")[2], blank = await mine.pack.page(`/days/${SOME_DAY}/stops/new?add=${NOBODY}`);
  if (!id || !blank || Number.isNaN(Date.parse(day))) return undefined;
  const { rows } = await mine.pack.list(), known = rows.find((row) => row.id === id) ?? (await strangers(mine)).find((one) => one.id === id);
  if (!known) return undefined;
  const objective = esc(known.step ?? known.next_step ?? "");
  return weave(put(blank, { ...known, soon: day < known.turn?.[0] ? known.turn[1] : "" }), { day: dayWritten(day, langOf(blank)) }).replaceAll(SOME_DAY, day)
    .replace(/<input\b[^>]*\bname="objective"[^>]*>/, (input) => input.replace(/ value="[^"]*"/, "").replace(/>$/, ` value="${objective}">`));
}

/** How a name is found: as it is written, and as far as its 汉字 stand in the names of others, as it is read. */
function spelling(rows) {
  const readings = new Map();
  for (const { said } of rows) for (const unit of said.join(" ").split(" ")) if (/^[^\p{Ll}\p{Nd}]./u.test(unit)) readings.set([...unit][0], unit);
  return (text) => [...text.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "")].map((sign) => readings.get(sign) ?? sign);
}

/** Rows of the list for them, as the server would make them (webapp/field_pack/search_index.py). */
export function rowsOf(them, rows) {
  const spelled = spelling(rows);
  return them.map((one) => {
    const said = [one.name, one.short_name, one.contact_name].filter(Boolean).map((text) => spelled(text)), digits = [one.phone, one.contact_phone].map((text) => (text ?? "").replace(/\D/g, ""));
    const pieces = (units) => {
      const read = units.map((unit) => unit.slice([...unit][0].length).split(",")[0] || unit);
      return [units.map((unit) => [...unit][0]).join(""), ...units.flatMap((_unit, n) => [read.slice(n).join(""), read.slice(n).map((sound) => sound[0]).join("")])].join(" ");
    };
    const [first, ...rest] = said.map(pieces);
    return {
      id: one.id, name: one.title, level: one.level, key: ` ${first ?? ""} | ${[...rest, ...digits].join(" ")} `, sort: one.title, said: said.map((units) => units.join(" ")),
      stage: one.stage || "search", industry: one.industry, area: one.area, step: one.next_step, stranger: one.contact_name ?? "",
    };
  });
}
