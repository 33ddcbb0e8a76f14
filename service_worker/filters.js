/* What a list of customers is asked for: the words of its address, understood or ignored as webapp/customers/filters.py has it. */

const NAMES = ["q", "level", "stage", "due", "industry", "area", "tag", "sort", "plan"];
const DUE = ["overdue", "today", "week", "none"], SORTS = ["due", "name", "recent", "nearby"];
const LAST_PAGE = 10_000, LONGEST = 200;

const oneOf = (known, text) => (known.includes(text) ? text : "");
const spoken = (text) => text.normalize("NFC").trim().slice(0, LONGEST);

/** From the arguments of an address. `parts` knows which stages there are. */
export function asked(params, parts) {
  const get = (name) => params.get(name) ?? "", [q, industry, area, tag] = ["q", "industry", "area", "tag"].map((name) => spoken(get(name)));
  const place = [parseFloat(get("lat") || get("latitude")), parseFloat(get("lng") || get("longitude"))];
  return {
    q, industry, area, tag, level: /^[A-F]$/.test(get("level")) ? get("level") : "", stage: parts[`stage_${get("stage")}`] ? get("stage") : "",
    due: oneOf(DUE, get("due")), sort: oneOf(SORTS, get("sort")), plan: /^\d{4}-\d\d-\d\d$/.test(get("plan")) ? get("plan") : "",
    place: Math.abs(place[0]) <= 90 && Math.abs(place[1]) <= 180 ? place : null,
    page: /^\d{1,8}$/.test(get("page")) ? Math.min(Math.max(Number(get("page")), 1), LAST_PAGE) : 1,
  };
}

/** The arguments of the address of this list, or of one that differs; a new list begins at its first page. */
export function argsOf(filters, changes = {}) {
  const other = { ...filters, page: 1, ...changes }, args = NAMES.filter((name) => other[name]).map((name) => [name, other[name]]);
  if (other.place) args.push(["lat", other.place[0]], ["lng", other.place[1]]);
  return other.page > 1 ? [...args, ["page", other.page]] : args;
}

const written = (text) => encodeURIComponent(text).replace(/%20/g, "+").replace(/%(24|2C|2F|3A|3B|3F|40)/g, decodeURIComponent);

/** An address as the server writes it. */
export const addressOf = (path, args) => path + (args.length ? `?${args.map(([name, value]) => `${name}=${written(value)}`).join("&")}` : "");

/** Those customers whom the list and its counts are about. */
export function narrows(filters, rows) {
  const asked = ["stage", "industry", "area"].filter((name) => filters[name]), { tag } = filters;
  return asked.length || tag ? rows.filter((one) => asked.every((name) => one[name] === filters[name]) && (!tag || one.tags?.includes(tag))) : rows;
}
