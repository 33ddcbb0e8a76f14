/* What is being written: the words of a draft under its key, each of its files under that key, a line's end and a name of
   its own, so that a photo is written once and not at every keystroke. */

export class Drafts {
  #store; #range;

  constructor(store, range) {
    this.#store = store;
    this.#range = range;
  }

  #run(mode, work) { return this.#store.run(["drafts"], mode, work); }

  /** The draft with its `parts`; undefined if there is none. */
  get(key) {
    return this.#run("readonly", (drafts) => {
      const box = {};
      drafts.get(key).onsuccess = ({ target: { result: words } }) => {
        drafts.getAll(this.#partsOf(`${key}\n`)).onsuccess = ({ target: { result: parts } }) => {
          if (words || parts.length) box.value = { entries: [], ...words, parts };
        };
      };
      return box;
    });
  }

  /** Keep words or a part; what the same hand wrote later stays. */
  put(draft) {
    return this.#run("readwrite", (drafts) => {
      drafts.get(draft.key).onsuccess = ({ target: { result: known } }) => { if (known?.who === undefined || known.who !== draft.who || known.n <= draft.n) drafts.put(draft); };
      return { value: true };
    });
  }

  /** Of the files that begin with this key those in `keep` stay, and the new `parts` among them are added; all or nothing. */
  keepFiles(key, keep, parts) {
    return this.#run("readwrite", (drafts) => {
      drafts.getAllKeys(this.#partsOf(key)).onsuccess = ({ target: { result: known } }) => {
        for (const old of known) if (!keep.includes(old)) drafts.delete(old);
        for (const part of parts) if (!known.includes(part.key)) drafts.put(part);
      };
      return { value: true };
    });
  }

  drop(key) {
    return this.#run("readwrite", (drafts) => {
      drafts.delete(key);
      drafts.delete(this.#partsOf(`${key}\n`));
    });
  }

  /** The words of all drafts, the latest first. */
  async all() {
    const keys = await this.#run("readonly", (drafts) => drafts.getAllKeys());
    const found = await Promise.all(keys.filter((key) => !key.includes("\n")).map((key) => this.#run("readonly", (drafts) => drafts.get(key))));
    return found.filter(Boolean).sort((a, b) => b.at - a.at);
  }

  /** The form of this id has been filed: what was kept of it is not needed any more. */
  async filed(id) {
    for (const { key, entries } of await this.all()) if (entries?.some(([name, value]) => name === "submission_id" && value === id)) await this.drop(key);
  }

  #partsOf(key) { return this.#range.bound(key, `${key}\uffff`); }
}
