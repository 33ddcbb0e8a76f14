/* How what was written goes out: in batches, until nothing is due. What is sent once is sealed; an answer counts only if it is
   ours (answered.js), and nothing is tried before its time (patience.js). */
import { ANEW, take } from "./answered.js";
import { sendFiles } from "./attachments.js";
import { batchOf, bodyOf, envelopeOf, inPlace, read } from "./batch.js";
import { alone } from "./lock.js";
import { BATCH, HEADER, PROTOCOL, QUICK, SECOND, SENDING, isUnsent } from "./names.js";
import { rest, rests } from "./patience.js";

/** The sending half of the outbox: it asks the other half for `device()`, and tells it of another `epochSeen(epoch)`. */
export class Sending {
  #running = null; #again = false;
  most = BATCH;

  /** store, fetch, now (ms), ids, random (0…1), build, tell (a word to the pages); locks where the browser has them. */
  constructor(means) {
    Object.assign(this, means);
    this.means = means;
  }

  /** Send until nothing is due. `now`: also what waits for its next try, and what waits for somebody to sign in. */
  flush({ now = false } = {}) {
    if (this.#running) {
      this.#again ||= now ? "now" : "due";
      return this.#running;
    }
    this.#running = alone("outbox", this.means, () => this.#loop(now)).finally(() => {
      this.#running = null;
      const again = this.#again;
      this.#again = false;
      if (again) return this.flush({ now: again === "now" });
    });
    return this.#running;
  }

  get isBusy() { return this.#running !== null; }

  async #loop(now) {
    const line = (await this.store.fact("line")) ?? {};
    if (now) await this.#haveAnotherTry();
    else if (rests(line, this.now())) return;
    let went = ANEW;
    while (went === ANEW) went = await this.#round(await this.#look());
    if (went) await sendFiles(this);
  }

  /** What is due of what lies here: one batch, then two beside each other as long as the line is quick, the last alone. True
   *  when nothing is due any more, ANEW if much may have changed, false if it has to wait; nothing is under way then. */
  async #round(lies) {
    const flying = new Map();
    const send = (batch) => this.#send(batch, lies).then((became) => {
      flying.delete(batch);
      if (became && became !== ANEW) lies.entries = inPlace(lies.entries, batch, became);
      else if (lies.went) lies.went = became;
    });
    try {
      for (;;) {
        const mayGo = lies.went === true && flying.size < lies.atOnce;
        const batch = mayGo ? batchOf(lies.entries, this.now(), this.most, this.store.user, [...flying.keys()].flat()) : [];
        if (batch.length) flying.set(batch, send(batch));
        else if (flying.size) await Promise.race(flying.values());
        else return lies.went || rest(this, lies);
      }
    } finally {
      await Promise.allSettled(flying.values()); // an answer that comes after the next look could be of another life of the server
    }
  }

  /** What lies here, read once: what is written meanwhile asks for another flush, and what is changed is noticed when it is
   *  sealed. The epoch comes first: if the server's has changed since, it refuses what was chosen of entries from before. */
  async #look() {
    const epoch = (await this.store.fact("epoch")) ?? null;
    return { epoch, device: await this.device(), entries: await this.store.entries(), went: true, atOnce: 1 };
  }

  #haveAnotherTry() {
    return this.store.entries().then((all) => this.store.changeEntries(all.map(({ id }) => id), (entry) => ({
      ...entry, next_try: 0, attachments: entry.attachments.map((file) => ({ ...file, next_try: 0 })),
    })));
  }

  /** One batch; what its entries have become if the next may follow at once, ANEW if much may have changed. */
  async #send(batch, lies) {
    const ids = batch.map(({ id }) => id);
    const numbers = new Map(batch.map(({ id, seq }) => [id, seq])), asChosen = (entry) => isUnsent(entry) && entry.seq === numbers.get(entry.id);
    const all = await this.store.changeEntries(ids, (entry) => (asChosen(entry) ? { ...entry, state: SENDING, sealed: true, tries: entry.tries + 1 } : undefined));
    const sealed = all.filter(asChosen); // what was written anew since it was chosen has a later number, and its turn comes later
    if (!sealed.length) return ANEW;
    this.tell({ kind: "outbox" });
    const envelope = envelopeOf(sealed, lies, { batch_id: this.ids(), user: this.store.user, build: this.build, now: this.now(), line: await this.store.fact("line") });
    let answer;
    const began = this.now();
    try {
      const { body, headers } = await bodyOf(envelope, this.compress);
      const response = await this.fetch("/outbox", {
        method: "POST", body, headers: { "Content-Type": "application/json", [HEADER]: String(PROTOCOL), ...headers },
        credentials: "same-origin", redirect: "error", cache: "no-store", signal: AbortSignal.timeout(30 * SECOND),
      });
      answer = await read(response, envelope.batch_id);
    } catch {
      answer = { kind: "unsent" };
    }
    lies.atOnce = this.now() - began < QUICK ? 2 : 1;
    const became = await take(this, answer, sealed, envelope.epoch, lies);
    if (answer.epoch) lies.epoch = answer.epoch;
    return became;
  }
}
