/* The only user of IndexedDB. One database a person and phone, so that nobody meets what is another's, and one small
   one that knows whose turn it is. What must not be lost is written with strict durability: the promise of a write is
   kept when it has reached the disk. A transaction never waits for anything but the database. */

import { Drafts } from "./drafts.js";

const VERSION = 1;
const SHELVES = {
  entries: { keyPath: "id" }, // the outbox
  files: { keyPath: "id" }, // {id, entry, bytes: ArrayBuffer}: some browsers lose Blobs
  pages: { keyPath: ["set", "url"] }, // {set, url, html}: the set in use, and the one that is being staged; "!moulds": what they share, "~<id>": a row of the list
  drafts: { keyPath: "key" },
  facts: {}, // cursor, epoch, device, next seq, lease, …
};
const TRIES = 3;

export const nameOf = (user) => (user ? `doorstep-${user}` : "doorstep");

export class Store {
  #factory; #name; #range; #opening = null;

  constructor({ indexedDB, IDBKeyRange, user = "" }) {
    this.#factory = indexedDB;
    this.#range = IDBKeyRange;
    this.#name = nameOf(user);
    this.user = user;
    this.drafts = new Drafts(this, IDBKeyRange);
  }

  /** Run `work(shelf…)` in one transaction; resolves with what it returned (a request's result) once it is complete. */
  async run(names, mode, work) {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.#once(names, mode, work);
      } catch (error) {
        if (tries >= TRIES || !["InvalidStateError", "UnknownError", "TransactionInactiveError"].includes(error?.name)) throw error;
        this.close(); // the browser has closed it behind our back
      }
    }
  }

  async #once(names, mode, work) {
    const database = await this.#open();
    return new Promise((done, fail) => {
      const transaction = database.transaction(names, mode, { durability: "strict" });
      let result;
      transaction.oncomplete = () => done(result?.result ?? result?.value);
      transaction.onabort = () => fail(transaction.error ?? new Error("aborted"));
      try {
        result = work(...names.map((name) => transaction.objectStore(name)));
      } catch (error) {
        transaction.abort();
        fail(error);
      }
    });
  }

  #open() {
    this.#opening ??= new Promise((done, fail) => {
      const request = this.#factory.open(this.#name, VERSION);
      request.onupgradeneeded = () => { // adds what is not there; drops nothing, ever
        for (const [name, options] of Object.entries(SHELVES)) {
          if (!request.result.objectStoreNames.contains(name)) request.result.createObjectStore(name, options);
        }
      };
      request.onsuccess = () => {
        request.result.onversionchange = request.result.onclose = () => this.close();
        done(request.result);
      };
      request.onerror = () => { this.#opening = null; fail(request.error); };
    });
    return this.#opening;
  }

  close() {
    this.#opening?.then((database) => database.close(), () => {});
    this.#opening = null;
  }

  /* ---- facts ---- */

  fact(name) { return this.run(["facts"], "readonly", (facts) => facts.get(name)); }

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

  /** Change entries in one transaction: `change(entry)` gives the new one, null to take it out with its files, undefined to leave it. */
  changeEntries(ids, change) {
    return this.run(["entries", "files"], "readwrite", (entries, files) => {
      const box = { value: [] };
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

  async urls(set) {
    return (await this.run(["pages"], "readonly", (pages) => pages.getAllKeys(this.#range.bound([set, "/"], [set, "0"], false, true)))).map(([, url]) => url);
  }

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
  forgetReading(facts = {}) {
    return this.run(["pages", "drafts", "facts"], "readwrite", (pages, drafts, shelf) => {
      pages.clear();
      drafts.clear();
      put(shelf, facts);
      raise(shelf, "forgotten");
    });
  }

  forgetPages(facts = {}) {
    return this.run(["pages", "facts"], "readwrite", (pages, shelf) => {
      pages.clear();
      put(shelf, facts);
      raise(shelf, "forgotten");
    });
  }

  #all(set) { return this.#range.bound([set], [set, []]); }
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
