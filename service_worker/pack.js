/* The field pack: the pages that this phone carries, as they are read. Nothing here touches the outbox or a draft. */
import { whole } from "./edits.js";
import { LENT, isOver } from "./lease.js";
import { Pulling } from "./pulling.js";

const MOULDS = "!moulds";
const NONE = { lines: [], parts: {}, simple: "" };

/** The rows of the list after some pages have changed and others have gone. */
function turned(rows, set, changed, gone) {
  const known = new Map(rows.map((row) => [row.url, row]));
  for (const { index } of changed) if (index) known.set(`~${index.id}`, { ...index, set, url: `~${index.id}` });
  for (const url of gone) known.delete(url.replace("/customers/", "~"));
  return [...known.values()];
}

export class Pack extends Pulling {
  /** What is kept of a set while this worker lives: what its pages share, and the rows of its list. */
  #kept = { moulds: NONE, rows: null };

  async of(set) {
    if (this.#kept.set !== set) this.#kept = { set, moulds: (await this.store.page(set, MOULDS))?.html ?? NONE, rows: null };
    return this.#kept;
  }

  /** The page that a whole set begins with: what the others share. */
  shared({ moulds, simple }) { return { url: MOULDS, html: { ...NONE, ...moulds, simple } }; }

  async put(set, changed, gone, facts, still) {
    await this.store.turnPages(set, changed, gone, facts, still);
    const kept = this.#kept, rows = kept.set === set && kept.rows && (await kept.rows);
    if (rows) kept.rows = turned(rows, set, changed, gone);
  }

  /** The set that is shown: while the very first one is still coming, what is there of it is shown already. */
  async #shown() {
    const facts = await this.store.facts("set", "staged", ...LENT);
    return (await isOver(this.store, this.now(), facts)) ? undefined : facts.set ?? facts.staged;
  }

  /** A carried page's text, or undefined. */
  async page(url) { return (await this.record(url))?.html; }

  /** A carried page {html} and what came with it: a card brings the row of its customer. */
  async record(url) {
    const set = await this.#shown(), found = set && (await this.store.page(set, url));
    return found && { ...found, html: whole(found.html, (await this.of(set)).moulds) };
  }

  /** What lists are laid together of: {rows, moulds, cards(ids)}, or undefined. */
  async list() {
    const set = await this.#shown();
    if (!set) return undefined;
    const kept = await this.of(set);
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

  async isOver() { return isOver(this.store, this.now(), await this.store.facts(...LENT)); }
}
