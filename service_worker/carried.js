/* What this phone can show for an address without a line: a page as it came, or one that it lays together of what came. */
import { chosen, esc, fewer, handOn, langOf, narrowed, today, weave, zoneOf } from "./compose.js";
import { listPage } from "./list.js";
import { NOBODY } from "./names.js";
import { rowsOf, stopForm, strangers, strangersPage } from "./stranger.js";

const HEARD = "/playbook?holes=1";
const there = ({ pathname, search }) => pathname + search;

/* What pages of this house are asked; all else is hung on by whoever hands an address on (utm_source, isappinstalled …). */
const OURS = /^(q|level|stage|due|industry|area|tag|owner|sort|plan|choosing|page|lat|lng|latitude|longitude|name|before|heard|customer|situation|persona|group|side|mode|stop|check_in|category|contact|add|settled|person|weeks_ago|then|text|files|gone|ours_price)$/;

/** An address without what others have hung on. */
export function ours(path) {
  const url = new URL(path, "https://phone"), foreign = [...url.searchParams.keys()].filter((name) => !OURS.test(name));
  for (const name of foreign) url.searchParams.delete(name);
  return foreign.length ? there(url) : path;
}

/** The list of customers, for any question and filter. */
async function list(phone, mine, url) {
  const new_ = await strangers(mine);
  if ((!url.search && !new_.length) || url.searchParams.has("owner")) return undefined; // the page as it came
  const [list, plain] = await Promise.all([mine.pack.list(), mine.pack.page("/customers")]);
  if (!list?.moulds.alone || !plain) return undefined;
  const blank = async ({ level }) => (await mine.pack.record(`/customers/${NOBODY}?level=${level}`))?.row, isNew = (id) => new_.find((one) => one.id === id);
  const cards = async (ids) => Promise.all((await list.cards(ids)).map((card, n) => (isNew(ids[n]) ? blank(isNew(ids[n])) : card?.row)));
  const rows = new_.length ? [...list.rows, ...rowsOf(new_, list.rows)] : list.rows;
  return listPage({ rows, moulds: list.moulds }, url.searchParams, { day: today(phone.now(), zoneOf(plain)), lang: langOf(plain), cards });
}

/** A blank form that is opened with something to begin with. */
async function form(_phone, { pack }, { pathname, searchParams }) {
  const mode = searchParams.get("mode"), blank = await pack.page(pathname + (mode ? `?mode=${mode}` : ""));
  return blank && handOn(blank, searchParams);
}

const strangers_ = (_phone, mine, url) => strangersPage(mine, there(url));
const stop = (_phone, mine, url) => stopForm(mine, url);
const filter = async (_phone, { pack }, { pathname, searchParams }) => narrowed((await pack.page(pathname)) ?? "", searchParams, "/customers");

/** The playbook, narrowed; and what answers a customer's words, which the page itself lays out (static/js/answers/). */
async function playbook(_phone, { pack }, { pathname, searchParams }) {
  const { q: said, customer, ...filters } = Object.fromEntries(searchParams), { html, row } = (await pack.record(said ? HEARD : pathname)) ?? {};
  const keep = (id) => Object.entries(filters).every(([name, value]) => !value || (row.tracks[id]?.[name] ?? [value]).includes(value));
  if (!html) return html;
  return chosen(said ? weave(html, { said: esc(said), of: esc(customer ?? "") }) : fewer(narrowed(html, searchParams, pathname), keep, row.none), searchParams);
}
const track = async (_phone, { pack }, { pathname, searchParams }) => chosen((await pack.page(pathname)) ?? "", searchParams);

/* At once: these are what the server would say. */
const EXACT = [[/^\/customers$/, list], [/^\/customers\/[0-9a-f-]{36}/, strangers_], [/^\/days\/[\d-]+\/stops\/new$/, stop]];
/* Without a line: near enough. */
const NEAR = [[/\/(new|report)$/, form], [/^\/customers\/filter$/, filter], [/^\/playbook\/[0-9a-f-]{36}$/, track], [/^\/playbook$/, playbook]];

async function laid(ways, phone, mine, path) {
  const url = new URL(path, "https://phone");
  for (const [pattern, way] of ways) {
    const html = pattern.test(url.pathname) && (await way(phone, mine, url));
    if (html) return html;
  }
  return undefined;
}

/** What can be shown at once: the very page, or one that is laid together as the server would. */
export async function carried(phone, mine, path) {
  if (path === "/customers") return (await laid(EXACT, phone, mine, path)) ?? mine.pack.page(path);
  return (await mine.pack.page(path)) ?? laid(EXACT, phone, mine, path);
}

/** What can be shown without a line: that, or the blank form, the unfiltered page that it is a variant of. */
export const page = async (phone, mine, path) => (await carried(phone, mine, path)) ?? laid(NEAR, phone, mine, path);
