/* How the pages of the field pack come. A delta is applied fifty pages a transaction and the cursor moves with the last; a
   whole set is staged beside the old one and the two change places in one transaction. */
import { digest } from "./digest.js";
import { edited, renewed, whole } from "./edits.js";
import { forget } from "./forgetting.js";
import { sumOf } from "./held.js";
import { lent } from "./lease.js";
import { lines } from "./lines.js";
import { alone } from "./lock.js";
import { DAY, HEADER, MINUTE, PAGES_AT_ONCE, PROTOCOL, SECOND } from "./names.js";

const SILENCE = 30 * SECOND;
const MANY = 200; // pages whose coming is worth a bar
const ODD = {}; // what came does not fit what is here: asked for again, page by page whole

/** The pulling half of the pack: it asks the other half `of(set)` what the pages of a set share, and lets it `put` them. */
export class Pulling {
  #pulling = null;

  /** store, fetch, now, ids, tell; ready(head) is awaited before a whole set takes its place; epochSeen(epoch); told(): what is said of this phone. */
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
      const response = await this.fetch(`/field-pack?${new URLSearchParams({ ...asked, ...(await this.told()) })}`, {
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
    await this.put(set, tail.changed, tail.gone, { ...lent(head, this.now()), durable: head.durable ?? null, cursor: tail.cursor, edition: head.edition, set, staged: null }, still);
    if (head.reset && known) await this.store.dropSet(known);
    this.tell({ kind: "pages", urls: [...tail.urls], reset: head.reset });
    return this.#check(set, tail.held);
  }

  async #stage(set, head) {
    const left = await this.store.fact("staged");
    if (left) await this.store.dropSet(left);
    await this.store.turnPages(set, [this.shared(head)], [], { staged: set });
  }

  /** Apply page by page; the last ones are given back, so that they move together with the cursor. */
  async #turn(stream, set, head, still) {
    let changed = [], gone = [], done = 0, customers = 0;
    const urls = new Set(), tell = () => { if (head.reset || head.total > MANY) this.tell({ kind: "progress", done, total: head.total, customers, of: head.customers ?? 0 }); };
    tell();
    for await (const line of stream) {
      if (line.kind === "tail") return { changed, gone, urls, cursor: line.cursor, held: line.held };
      const page = line.edits ? await this.#edited(set, line) : line;
      if (!page) return ODD;
      if (line.kind === "forget") { await forget(this.store, line.ids); continue; }
      if (line.kind === "page") changed.push(page);
      if (line.kind === "gone") gone.push(line.url);
      urls.add(line.url);
      if (line.index) customers += 1;
      if (changed.length + gone.length < PAGES_AT_ONCE) continue;
      done += changed.length + gone.length;
      await this.put(set, changed, gone, {}, still);
      changed = [];
      gone = [];
      tell();
    }
    return null;
  }

  /** A line whole that told only what has changed; undefined if this phone holds another page than the server means. */
  async #edited(set, line) {
    const known = await this.store.page(set, line.url), html = known && edited(line.edits, known.html);
    if (!html || !(await digest(whole(html, (await this.of(set)).moulds))).startsWith(line.sum)) return undefined;
    const index = line.index && renewed(await this.store.page(set, `~${line.index.id}`), line.index);
    return { url: line.url, html, row: line.row ?? known.row, index };
  }

  /** The pages must be those that the server means; if not, the whole set is fetched again, at most once a day. */
  async #check(set, wanted) {
    if (!wanted || (await this.#holds(set, ...wanted))) return "fresh";
    const doubted = (await this.store.fact("doubted")) ?? 0;
    if (Math.abs(doubted - this.now()) < DAY) return "fresh";
    await this.store.setFacts({ doubted: this.now(), cursor: null });
    return this.#pull();
  }

  /** How many there are is cheap to say, and what was lost shows in it; which ones they are is looked at once an hour. */
  async #holds(set, count, sum) {
    if ((await this.store.count(set)) !== count) return false;
    const summed = (await this.store.fact("summed")) ?? 0;
    if (Math.abs(summed - this.now()) < 60 * MINUTE) return true;
    await this.store.setFacts({ summed: this.now() });
    return sumOf(await this.store.urls(set)) === sum;
  }
}
