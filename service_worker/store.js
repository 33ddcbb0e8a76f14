/* What lies in a database and how it changes. There is one a person and phone, so that nobody meets what is another's, and
   one small one that knows whose turn it is. */
import { Database } from "./database.js";
import { Drafts } from "./drafts.js";

export class Store extends Database {
  #range;

  constructor({ indexedDB, IDBKeyRange, user = "" }) {
    super(indexedDB, user);
    this.#range = IDBKeyRange;
    this.user = user;
    this.drafts = new Drafts(this, IDBKeyRange);
  }

  /* ---- facts ---- */

  fact(name) { return this.run(["facts"], "readonly", (facts) => facts.get(name)); }

  /** Several at once, {name: value}. */
  facts(...names) {
    return this.run(["facts"], "readonly", (facts) => gathered(names, (name) => facts.get(name), {}));
  }

  setFacts(values) {
    return this.run(["facts"], "readwrite", (facts) => put(facts, values));
  }

  /** Change one fact in one transaction: `change(old)` gives the new value, or undefined to leave it. Returns the new. */
  changeFact(name, change) {
    return this.run(["facts"], "readwrite", (facts) => {
      const box = {};
      facts.get(name).onsuccess = ({ target }) => {
        const next = change(target.result);
        box.value = next === undefined ? target.result : next;
        if (next !== undefined) facts.put(next, name);
      };
      return box;
    });
  }

  /* ---- the outbox ---- */

  /** A new entry with its files, all or nothing; it gets the next number of this phone. `instead`: the one that it replaces.
   *  `other`: the same under another id, for when the one of this id was sent meanwhile: what was sent cannot be unsaid. */
  addEntry(entry, files, instead = null, other = null) {
    return this.run(["entries", "files", "facts"], "readwrite", (entries, shelf, facts) => {
      const box = {};
      entries.get(entry.id).onsuccess = ({ target: { result: known } }) => {
        const own = known?.sealed && other ? other : entry;
        facts.get("seq").onsuccess = ({ target }) => {
          box.value = { ...own, seq: (target.result ?? 0) + 1 };
          facts.put(box.value.seq, "seq");
          entries.put(box.value);
          for (const file of files) shelf.put(file);
          if (!instead || instead === own.id) return;
          entries.delete(instead);
          if (own.scope === own.id) follow(entries, facts, instead, box.value);
        };
      };
      return box;
    });
  }

  entry(id) { return this.run(["entries"], "readonly", (entries) => entries.get(id)); }

  /** All entries, oldest first. */
  async entries() {
    return (await this.run(["entries"], "readonly", (entries) => entries.getAll())).sort((a, b) => a.seq - b.seq);
  }

  /** Change entries in one transaction: `change(entry)` gives the new one, null to take it out with its files, undefined to leave it. `values`: facts that are true with that. */
  changeEntries(ids, change, values = {}) {
    return this.run(["entries", "files", "facts"], "readwrite", (entries, files, facts) => {
      const box = { value: [] };
      put(facts, values);
      for (const id of ids) {
        entries.get(id).onsuccess = ({ target }) => {
          const entry = target.result, next = entry && change(entry);
          if (next === null) {
            entries.delete(id);
            for (const file of entry.attachments) files.delete(file.id);
          } else if (next) entries.put(next);
          if (entry) box.value.push(next ?? entry);
        };
      }
      return box;
    });
  }

  file(id) { return this.run(["files"], "readonly", (files) => files.get(id)); }

  dropFile(id) { return this.run(["files"], "readwrite", (files) => files.delete(id)); }

  putFile(file) { return this.run(["files"], "readwrite", (files) => files.put(file)); }

  /* ---- the pages ---- */

  page(set, url) { return this.run(["pages"], "readonly", (pages) => pages.get([set, url])); }

  /** The pages of these addresses, in their order; undefined for one that is not there. */
  pages(set, urls) { return this.run(["pages"], "readonly", (pages) => gathered(urls.keys(), (n) => pages.get([set, urls[n]]), [])); }

  async urls(set) { return (await this.run(["pages"], "readonly", (pages) => pages.getAllKeys(this.#addresses(set)))).map(([, url]) => url); }

  /** How many there are. */
  count(set) { return this.run(["pages"], "readonly", (pages) => pages.count(this.#addresses(set))); }

  /** What the list is searched and ordered by, a row for each own customer. */
  rows(set) { return this.run(["pages"], "readonly", (pages) => pages.getAll(this.#range.bound([set, "~"], [set, "~~"]))); }

  /** Some changes of one set, and facts that are true with them, in one transaction. `gone`: URLs to forget. `still`: facts
   *  that must be as they were when these changes were asked for; if one is not, nothing is changed and it fails. */
  turnPages(set, changed, gone = [], facts = {}, still = {}) {
    return this.run(["pages", "facts"], "readwrite", (pages, shelf) => {
      for (const [name, value] of Object.entries(still)) {
        shelf.get(name).onsuccess = ({ target }) => { if ((target.result ?? "") !== value) shelf.transaction.abort(); };
      }
      for (const { url, html, row, index } of changed) {
        pages.put(row ? { set, url, html, row } : { set, url, html });
        if (index) pages.put({ ...index, set, url: `~${index.id}` });
      }
      for (const url of gone) for (const one of [url, url.replace(/^\/customers\//, "~")]) pages.delete([set, one]);
      put(shelf, facts);
    });
  }

  dropSet(set) { return this.run(["pages"], "readwrite", (pages) => pages.delete(this.#all(set))); }

  /** No page, no draft is left; what is unsent stays. */
  forgetReading(facts = {}) { return this.#forget(["pages", "drafts"], facts); }

  forgetPages(facts = {}) { return this.#forget(["pages"], facts); }

  #forget(names, values) {
    return this.run([...names, "facts"], "readwrite", (...shelves) => {
      const facts = shelves.pop();
      for (const shelf of shelves) shelf.clear();
      put(facts, values);
      raise(facts, "forgotten");
    });
  }

  #addresses(set) { return this.#range.bound([set, "/"], [set, "0"], false, true); }

  #all(set) { return this.#range.bound([set], [set, []]); }
}

/** What is asked for each name, under that name in `value`. */
function gathered(names, ask, value) {
  for (const name of names) ask(name).onsuccess = ({ target }) => { value[name] = target.result; };
  return { value };
}

function put(shelf, values) {
  for (const [name, value] of Object.entries(values)) value === null ? shelf.delete(name) : shelf.put(value, name);
}

/** What was written about a customer under one id is about him under another, and comes after him: the first was refused. */
function follow(entries, facts, before, { id, seq }) {
  entries.getAll().onsuccess = ({ target }) => {
    const about = target.result.filter(({ scope }) => scope === before).sort((a, b) => a.seq - b.seq);
    for (const [n, entry] of about.entries()) entries.put({ ...JSON.parse(JSON.stringify(entry).replaceAll(before, id)), seq: seq + n + 1 });
    facts.put(seq + about.length, "seq");
  };
}

function raise(shelf, name) {
  shelf.get(name).onsuccess = ({ target }) => shelf.put((target.result || 0) + 1, name);
}
