/* The letterbox: what was written is stored first and sent (sending.js) until the server has it. An entry leaves this phone
   only after our own receipt and when a backup holds it, or when its author throws it away. What is sent once is sealed: a
   later word is a new entry. Entries of one customer go in order; one that will not go holds up no other customer. */
import { waitingOf } from "./batch.js";
import { digest } from "./digest.js";
import { KEPT, SENDING, WAITING, hasArrived, isStuck, isUnsent, scopeOf } from "./names.js";
import { Sending } from "./sending.js";

export class Outbox extends Sending {
  /** Keep an entry {id, action, fields, form} and its files [{name, filename, type, bytes}]; resolves when it is on the disk.
   *  `replaces` is the refused entry that it mends: its files go along. Throws if there is no room. */
  async capture({ id, action, fields, form, replaces = "" }, files = []) {
    const before = await this.store.entry(id), old = replaces ? await this.store.entry(replaces) : null;
    if (before && JSON.stringify([before.action, before.fields]) === JSON.stringify([action, fields])) return before;
    const mended = old && isStuck(old) ? old : before && isStuck(before) ? before : null;
    const attachments = [...(mended?.attachments ?? []).map((file) => ({ ...file, sent: 0 }))], shelf = [];
    for (const file of files) {
      const about = { id: this.ids(), name: file.name, filename: file.filename, type: file.type, size: file.bytes.byteLength, sha256: await digest(file.bytes) };
      attachments.push({ ...about, sent: 0, done: false, next_try: 0, tries: 0 });
      shelf.push({ id: about.id, bytes: file.bytes });
    }
    const named = (own) => ({
      id: own, seq: 0, author: this.store.user, scope: scopeOf(action.split("?")[0], own, fields), action, fields, attachments, form,
      made_at: new Date(this.now()).toISOString(), build: this.build, state: WAITING, sealed: false, tries: 0, next_try: 0, answer: null,
    });
    const kept = await this.store.addEntry(named(id), shelf, mended?.id, named(this.ids()));
    this.tell({ kind: "outbox" });
    return kept;
  }

  device() { return this.store.changeFact("device", (known) => known ?? this.ids()); }

  /** What is said of this phone when it asks for its pages; nothing while batches say it. */
  async told() {
    const { device, line } = await this.store.facts("device", "line"), lies = await this.store.entries();
    return this.isBusy ? {} : { user: this.store.user, device, build: this.build, ...waitingOf(lies, line) };
  }

  /** The server has begun another life (a backup was restored): what it had confirmed goes again. */
  async epochSeen(epoch) {
    const known = await this.store.fact("epoch");
    if (!epoch || known === epoch) return;
    const again = known ? (await this.store.entries()).filter((entry) => hasArrived(entry) || entry.state === SENDING) : [];
    await this.store.changeEntries(again.map(({ id }) => id), (entry) => ({
      ...entry, state: WAITING, next_try: 0, attachments: entry.attachments.map((file) => ({ ...file, sent: 0, done: false, next_try: 0 })),
    }));
    await this.store.setFacts({ epoch });
  }

  /** Somebody has signed in again, or the line is back: what was parked may go. */
  unpark() { return this.store.changeFact("line", (line) => (line?.parked ? { ...line, parked: 0, next_try: 0 } : undefined)); }

  /** Forget what a backup of the server holds (`durable`: the last number of this phone in it), or is old where there are none. */
  async prune(durable) {
    const device = await this.device(), safe = durable?.[device];
    const past = (entry) => (safe === undefined || safe === null ? entry.answer.at + KEPT < this.now() : entry.seq <= safe);
    const done = (await this.store.entries()).filter((entry) => hasArrived(entry) && entry.attachments.every((file) => file.done || file.broken) && past(entry));
    await this.store.changeEntries(done.map(({ id }) => id), () => null);
  }

  /** Throw away an entry that is not on its way and has not arrived. Returns it with its files, so that it can be put back. */
  async discard(id) {
    const entry = await this.store.entry(id);
    if (!entry || entry.state === SENDING || hasArrived(entry)) return null;
    const files = await Promise.all(entry.attachments.map((file) => this.store.file(file.id)));
    await this.store.changeEntries([id], () => null);
    this.tell({ kind: "outbox" });
    return { entry, files: files.filter(Boolean) };
  }

  async putBack({ entry, files }) {
    await this.store.addEntry(entry, files);
    this.tell({ kind: "outbox" });
  }

  /** What the outbox is, computed from itself: entries that wait, that are stuck, that are there but for their files. Times in ms since 1970, or null. */
  async sum() {
    const all = await this.store.entries(), line = (await this.store.fact("line")) ?? {};
    const unsent = all.filter(isUnsent), stuck = all.filter(isStuck);
    const files = all.filter((entry) => hasArrived(entry) && entry.attachments.some((file) => !file.done && !file.broken));
    return {
      waiting: unsent.length, stuck: stuck.length, files: files.length, parked: Boolean(line.parked) && unsent.length > 0,
      oldest: unsent[0]?.made_at ?? null, last: line.last ?? null, failures: line.failures ?? 0,
      next: unsent.length ? Math.max(line.next_try ?? 0, Math.min(...unsent.map(({ next_try }) => next_try))) || null : null, busy: this.isBusy,
    };
  }
}
