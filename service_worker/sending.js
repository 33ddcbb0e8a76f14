/* How what was written goes out: in batches, until nothing is due. What is sent once is sealed; an answer counts only if it is
   ours. A line that fails, a session that is over and a batch that is too big each have their way to wait. */
import { sendFiles } from "./attachments.js";
import { batchOf, bodyOf, envelopeOf, inPlace, read } from "./batch.js";
import { alone } from "./lock.js";
import { BACK_OFF, BATCH, CONFLICT, DELIVERED, HEADER, MINUTE, PROTOCOL, QUARANTINED, REJECTED, SECOND, SENDING, WAITING, isUnsent } from "./names.js";

const ANEW = "anew";
const STATES = { accepted: DELIVERED, duplicate: DELIVERED, quarantined: QUARANTINED, rejected: REJECTED, conflict: CONFLICT };

/** The sending half of the outbox: it asks the other half for `device()`, and tells it of another `epochSeen(epoch)`. */
export class Sending {
  #running = null; #again = false;
  most = { ...BATCH };

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
    else if (line.next_try > this.now() || (line.parked && line.parked + 15 * MINUTE > this.now())) return;
    for (let lies = await this.#look(); ;) {
      const batch = batchOf(lies.entries, this.now(), this.most, this.store.user);
      if (!batch.length) break;
      const became = await this.#send(batch, lies);
      if (!became) return;
      if (became === ANEW) lies = await this.#look();
      else lies.entries = inPlace(lies.entries, batch, became);
    }
    await sendFiles(this);
  }

  /** What lies here, read once: what is written meanwhile asks for another flush, and what is changed is noticed when it is
   *  sealed. The epoch comes first: if the server's has changed since, it refuses what was chosen of entries from before. */
  async #look() {
    const epoch = (await this.store.fact("epoch")) ?? null;
    return { epoch, device: await this.device(), entries: await this.store.entries() };
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
    const became = await this.#take(answer, sealed, envelope.epoch);
    if (answer.epoch) lies.epoch = answer.epoch;
    return became;
  }

  async #take(answer, batch, epoch) {
    if (answer.kind === "signed out") return this.#park(batch);
    if (answer.kind === "too much") return this.#sendLess(batch);
    if (answer.kind !== "answers") return this.#trouble(batch, answer.wait ?? 0);
    if (answer.epoch && answer.epoch !== epoch) {
      await this.epochSeen(answer.epoch);
      if (epoch) return ANEW; // the server has lost its memory since: everything that it may lack goes again
    }
    const said = new Map(answer.answers.map((one) => [one.id, one]));
    if (batch.some(({ id }) => said.get(id)?.result === "unauthorised")) return this.#park(batch);
    this.most = { ...BATCH };
    const at = this.now(), before = (await this.store.fact("line")) ?? {}, line = { ...before, failures: 0, next_try: 0, parked: 0, last: at };
    let moved = false; // a restore has been heard of since
    const became = await this.store.changeEntries(batch.map(({ id }) => id), (entry) => {
      if (entry.state === SENDING) return this.#settle(entry, said.get(entry.id), at);
      moved = true;
    }, { line });
    this.tell({ kind: "outbox", delivered: true });
    return moved ? ANEW : became;
  }

  #settle(entry, said, at) {
    const state = STATES[said?.result];
    if (said?.reason === "erased") return null;
    if (state) return { ...entry, state, answer: { ...said, at } };
    return { ...entry, state: WAITING, answer: said ?? null, next_try: at + Math.max(this.#pause(entry.tries), (said?.retry_after ?? 0) * SECOND) };
  }

  #pause(tries) {
    const longest = Math.min(BACK_OFF.most, BACK_OFF.least * 2 ** Math.min(tries, 12));
    return Math.max(BACK_OFF.least, longest * (0.5 + this.random() / 2));
  }

  async #unsend(batch, facts, change = (entry) => entry) {
    await this.store.changeEntries(batch.map(({ id }) => id), (entry) => ({ ...change(entry), state: entry.state === SENDING ? WAITING : entry.state }));
    await this.store.changeFact("line", (line) => ({ ...line, ...facts(line ?? {}) }));
    this.tell({ kind: "outbox" });
    return false;
  }

  #trouble(batch, wait) {
    return this.#unsend(batch, ({ failures = 0 }) => ({
      failures: failures + 1, failed: this.now(), next_try: this.now() + Math.min(BACK_OFF.most, Math.max(this.#pause(failures + 1), wait)),
    }));
  }

  #park(batch) { return this.#unsend(batch, () => ({ parked: this.now() })); }

  /** A batch that is too big, or that the server cannot read, is halved, until the one entry stands alone that is at fault. */
  async #sendLess(batch) {
    if (batch.length > 1) {
      this.most = { ...this.most, entries: Math.ceil(batch.length / 2) };
      await this.#unsend(batch, () => ({}));
      return ANEW;
    }
    this.most = { ...BATCH };
    await this.store.changeEntries([batch[0].id], (entry) => ({ ...entry, state: REJECTED, answer: { result: "rejected", reason: "unreadable", errors: {}, at: this.now() } }));
    this.tell({ kind: "outbox" });
    return ANEW;
  }
}
