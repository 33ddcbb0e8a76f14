/* The field pack: the pages that this phone carries. A delta is applied fifty pages a transaction and the cursor moves
   with the last; a whole set is staged beside the old one and the two change places in one transaction. Nothing here
   touches the outbox or a draft. Lent pages go back: when the lease is over, or the clock was turned back, they are gone
   before anything is shown. */
import { digest } from "./digest.js";
import { forget } from "./forgetting.js";
import { edited, renewed, whole } from "./edits.js";
import { lines } from "./lines.js";
import { alone } from "./lock.js";
import { DAY, HEADER, PAGES_AT_ONCE, PROTOCOL, SECOND, SLACK } from "./names.js";

const SILENCE = 30 * SECOND;
const MANY = 200; // pages whose coming is worth a bar
const MOULDS = "!moulds";
const ODD = {}; // what came does not fit what is here: asked for again, page by page whole
const LENT = ["lease", "seen", "offset", "over"];
const NONE = { lines: [], parts: {}, simple: "" };

/** The rows of the list after some pages have changed and others have gone. */
function turned(rows, set, changed, gone) {
  const known = new Map(rows.map((row) => [row.url, row]));
  for (const { index } of changed) if (index) known.set(`~${index.id}`, { ...index, set, url: `~${index.id}` });
  for (const url of gone) known.delete(url.replace("/customers/", "~"));
  return [...known.values()];
}

export class Pack {
  #pulling = null;

  /** store, fetch, now, ids, tell; ready(head) is awaited before a whole set takes its place; epochSeen(epoch). */
  constructor(means) {
    Object.assign(this, means);
    this.means = means;
  }

  /** Bring the pages up to date. "fresh" · "signed out" · "not ours" (another person's session) · "no" (no line, or no sense). */
  pull() {
    this.#pulling ??= alone("pack", this.means, () => this.#pull({ edits: 1 })).catch(() => "no").finally(() => { this.#pulling = null; });
    return this.#pulling;
  }

  get isPulling() { return this.#pulling !== null; }

  async #pull(wish) {
    const { cursor = "", edition = "", forgotten = "" } = await this.store.facts("cursor", "edition", "forgotten"), asked = { cursor, edition, ...wish }; // what is signed out meanwhile does not come back
    const patience = new AbortController();
    const alive = () => { clearTimeout(this.timer); this.timer = setTimeout(() => patience.abort(), SILENCE); };
    alive();
    try {
      const response = await this.fetch(`/field-pack?${new URLSearchParams(asked)}`, {
        credentials: "same-origin", redirect: "error", cache: "no-store", headers: { Accept: "application/x-ndjson" }, signal: patience.signal,
      });
      if (response.status === 401) return "signed out";
      if (!response.ok || response.headers.get(HEADER) !== String(PROTOCOL)) return "no";
      return await this.#take(lines(response.body, alive), asked, forgotten);
    } finally {
      clearTimeout(this.timer);
    }
  }

  async #take(stream, asked, forgotten) {
    const { value: head } = await stream.next();
    if (head?.kind !== "head" || head.protocol !== PROTOCOL) return "no";
    if (head.user !== this.store.user) {
      this.other = head.user;
      return "not ours";
    }
    if (!head.reset && (head.from ?? "") !== asked.cursor) return "no";
    await this.epochSeen(head.epoch);
    const known = await this.store.fact("set"), set = head.reset ? this.ids() : known;
    const still = head.reset ? { forgotten } : { forgotten, cursor: asked.cursor };
    if (head.reset) await this.#stage(set, head);
    const tail = await this.#turn(stream, set, head, still);
    if (tail === ODD) return this.#pull();
    if (!tail) return "no";
    if (head.reset) await this.ready(head);
    await this.#put(set, tail.changed, tail.gone, { ...this.#facts(head), cursor: tail.cursor, edition: head.edition, set, staged: null }, still);
    if (head.reset && known) await this.store.dropSet(known);
    this.tell({ kind: "pages", urls: [...tail.urls], reset: head.reset });
    return this.#check(set, tail.digest);
  }

  async #stage(set, { moulds, simple }) {
    const left = await this.store.fact("staged");
    if (left) await this.store.dropSet(left);
    await this.store.turnPages(set, [{ url: MOULDS, html: { ...NONE, ...moulds, simple } }], [], { staged: set });
  }

  /** Apply page by page; the last ones are given back, so that they move together with the cursor. */
  async #turn(stream, set, head, still) {
    let changed = [], gone = [], done = 0, customers = 0;
    const urls = new Set(), tell = () => { if (head.reset || head.total > MANY) this.tell({ kind: "progress", done, total: head.total, customers, of: head.customers ?? 0 }); };
    tell();
    for await (const line of stream) {
      if (line.kind === "tail") return { changed, gone, urls, cursor: line.cursor, digest: line.digest };
      const page = line.edits ? await this.#edited(set, line) : line;
      if (!page) return ODD;
      if (line.kind === "forget") { await forget(this.store, line.ids); continue; }
      if (line.kind === "page") changed.push(page);
      if (line.kind === "gone") gone.push(line.url);
      urls.add(line.url);
      if (line.index) customers += 1;
      if (changed.length + gone.length < PAGES_AT_ONCE) continue;
      done += changed.length + gone.length;
      await this.#put(set, changed, gone, {}, still);
      changed = [];
      gone = [];
      tell();
    }
    return null;
  }

  /** A line whole that told only what has changed; undefined if this phone holds another page than the server means. */
  async #edited(set, line) {
    const known = await this.store.page(set, line.url), html = known && edited(line.edits, known.html);
    if (!html || !(await digest(whole(html, (await this.#of(set)).moulds))).startsWith(line.sum)) return undefined;
    const index = line.index && renewed(await this.store.page(set, `~${line.index.id}`), line.index);
    return { url: line.url, html, row: line.row ?? known.row, index };
  }

  async #put(set, changed, gone, facts, still) {
    await this.store.turnPages(set, changed, gone, facts, still);
    const kept = this.#kept, rows = kept.set === set && kept.rows && (await kept.rows);
    if (rows) kept.rows = turned(rows, set, changed, gone);
  }

  #facts(head) {
    const now = this.now(), server = Date.parse(head.now);
    return {
      lease: Date.parse(head.lease), seen: server, offset: server - now, pulled: now, durable: head.durable ?? null, over: null,
    };
  }

  /** The addresses must be the ones that the server means; if not, the whole set is fetched again, at most once a day. */
  async #check(set, wanted) {
    if (!wanted) return "fresh";
    const urls = (await this.store.urls(set)).sort((a, b) => (a < b ? -1 : 1)).join("\n");
    if ((await digest(urls)) === wanted) return "fresh";
    const doubted = (await this.store.fact("doubted")) ?? 0;
    if (doubted + DAY > this.now()) return "fresh";
    await this.store.setFacts({ doubted: this.now(), cursor: null });
    return this.#pull();
  }

  /** The set that is shown: while the very first one is still coming, what is there of it is shown already. */
  async #shown() {
    const facts = await this.store.facts("set", "staged", ...LENT);
    return (await this.#isOver(facts)) ? undefined : facts.set ?? facts.staged;
  }

  /** What is kept of a set while this worker lives: what its pages share, and the rows of its list. */
  #kept = { moulds: NONE, rows: null };

  async #of(set) {
    if (this.#kept.set !== set) this.#kept = { set, moulds: (await this.store.page(set, MOULDS))?.html ?? NONE, rows: null };
    return this.#kept;
  }

  /** A carried page's text, or undefined. */
  async page(url) { return (await this.record(url))?.html; }

  /** A carried page {html} and what came with it: a card brings the row of its customer. */
  async record(url) {
    const set = await this.#shown(), found = set && (await this.store.page(set, url));
    return found && { ...found, html: whole(found.html, (await this.#of(set)).moulds) };
  }

  /** What lists are laid together of: {rows, moulds, cards(ids)}, or undefined. */
  async list() {
    const set = await this.#shown();
    if (!set) return undefined;
    const kept = await this.#of(set);
    try {
      kept.rows ??= this.store.rows(set);
      return { rows: await kept.rows, moulds: kept.moulds, cards: (ids) => this.store.pages(set, ids.map((id) => `/customers/${id}`)) };
    } catch (error) {
      kept.rows = null;
      throw error;
    }
  }

  async urls() {
    const set = await this.#shown();
    return set ? this.store.urls(set) : [];
  }

  /** Whether the lease is over; if so, the pages are deleted here and now. A clock that was turned back counts as over. */
  async isOver() { return this.#isOver(await this.store.facts(...LENT)); }

  async #isOver({ lease, seen, offset = 0, over }) {
    if (!lease) return Boolean(over);
    const at = this.now() + offset;
    if (at <= lease && at >= seen - SLACK) {
      if (at > seen + SLACK) await this.store.setFacts({ seen: at });
      return false;
    }
    await this.forget({ over: true });
    return true;
  }

  forget(facts = {}) {
    return this.store.forgetPages({ set: null, staged: null, cursor: null, edition: null, lease: null, pulled: null, ...facts });
  }
}
