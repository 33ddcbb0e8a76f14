/* One database of IndexedDB. What must not be lost is written with strict durability: the promise of a write is kept when it
   has reached the disk. A transaction never waits for anything but the database, and a database that the browser has closed
   behind our back is opened again. */

const VERSION = 1;
const SHELVES = {
  entries: { keyPath: "id" }, // the outbox
  files: { keyPath: "id" }, // {id, entry, bytes: ArrayBuffer}: some browsers lose Blobs
  pages: { keyPath: ["set", "url"] }, // {set, url, html}: the set in use, and the one that is being staged; "!moulds": what they share, "~<id>": a row of the list
  drafts: { keyPath: "key" },
  facts: {}, // cursor, epoch, device, next seq, lease, …
};
const TRIES = 3;

const nameOf = (user) => (user ? `doorstep-${user}` : "doorstep");

export class Database {
  #factory; #name; #opening = null;

  constructor(factory, user) {
    this.#factory = factory;
    this.#name = nameOf(user);
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
}
