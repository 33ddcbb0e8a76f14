/* The phones of a schedule: the worker's own modules over a disk that outlives them (fake-indexeddb). Time, the line and
   death come from outside, one command a line: each is carried out until nothing moves any more but what waits for the
   line; the answer says what was asked of the line and what has ended. Nothing here depends on real time or chance. */
import { createHash } from "node:crypto";
import { createInterface } from "node:readline";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [, , worker, packages] = process.argv;
const { IDBFactory, IDBKeyRange } = createRequire(packages)("fake-indexeddb");
const { Phone } = await import(pathToFileURL(`${worker}/phone.js`));

/* ---- what a browser has, made obedient ---- */

let now = 0, born = 0, busy = 0, moved = 0, dice = 1;
const timers = new Map();
const ids = () => { const n = (born += 1).toString(16).padStart(12, "0"); return `${n.slice(4)}-0000-4000-8000-${n}`; };
const chance = () => (dice = (dice * 48271) % 2147483647) / 2147483647;
globalThis.setTimeout = (work, ms = 0, ...rest) => { const id = (born += 1); timers.set(id, { at: now + ms, work: () => work(...rest) }); return id; };
globalThis.clearTimeout = (id) => timers.delete(id);
AbortSignal.timeout = () => new AbortController().signal; // the schedule decides when a request has taken too long
crypto.subtle.digest = async (_name, bytes) => new Uint8Array(createHash("sha256").update(new Uint8Array(bytes)).digest()).buffer;
globalThis.fresh = ids;

class Killed extends Error { name = "Killed"; }
const never = () => new Promise(() => {});

/* Web Locks of one phone. */
class Locks {
  held = new Map();
  waiting = [];

  for(life) {
    return { request: (name, options, work) => (work ? this.#request(life, name, options, work) : this.#request(life, name, {}, options)) };
  }

  #request(life, name, { signal, steal }, work) {
    if (steal) this.held.delete(name);
    return new Promise((done, fail) => {
      const one = { life, name, work, done, fail };
      this.waiting.push(one);
      signal?.addEventListener("abort", () => {
        if (!this.waiting.includes(one)) return;
        this.waiting = this.waiting.filter((other) => other !== one);
        fail(signal.reason);
      });
      this.turn();
    });
  }

  turn() {
    for (const one of [...this.waiting]) {
      if (one.life.dead) this.waiting = this.waiting.filter((other) => other !== one);
      else if (!this.held.has(one.name)) {
        this.waiting = this.waiting.filter((other) => other !== one);
        this.held.set(one.name, one);
        const end = () => { if (this.held.get(one.name) === one) this.held.delete(one.name); this.turn(); };
        Promise.resolve().then(one.work).then(one.done, one.fail).finally(end);
      }
    }
  }

  forget(life) {
    for (const [name, one] of this.held) if (one.life === life) this.held.delete(name);
    this.turn();
  }
}

/* ---- one life of a worker: it ends at a border of a transaction, or whenever it is told ---- */

class Life {
  dead = false;
  open = new Set();
  doom = null; // {left, how}: the end comes with the so-many-th transaction: before it, in it, or after it

  constructor(phone) {
    this.phone = phone;
    const means = {
      indexedDB: { open: (...asked) => this.#openDatabase(...asked) }, IDBKeyRange, now: () => now + phone.skew, ids, random: chance, build: "b1",
      locks: phone.locks?.for(this), tell: () => this.#live(), ready: async () => this.#live(), fetch: (url, options) => this.#ask(url, options ?? {}),
      compress: undefined,
    };
    this.worker = new Phone(means);
  }

  #live() { if (this.dead) throw new Killed(); }

  #openDatabase(name, version) {
    this.#live();
    const request = phonesDisk(this.phone).open(name, version);
    busy += 1;
    const settled = () => { busy -= 1; moved += 1; };
    request.addEventListener("success", () => { settled(); this.#watch(request.result); });
    request.addEventListener("error", settled);
    return request;
  }

  #watch(database) {
    const begin = database.transaction.bind(database);
    database.transaction = (...asked) => {
      this.#live();
      const doomed = this.doom && (this.doom.left -= 1) < 0 ? this.doom : null;
      if (doomed) this.doom = null;
      if (doomed?.how === "before") { this.die(); throw new Killed(); }
      const transaction = begin(...asked);
      busy += 1;
      this.open.add(transaction);
      const over = (event) => {
        busy -= 1;
        moved += 1;
        this.open.delete(transaction);
        if (doomed?.how === "after") this.die();
        if (this.dead) event.stopImmediatePropagation(); // nobody is there to hear it
      };
      transaction.addEventListener("complete", over);
      transaction.addEventListener("abort", over);
      if (doomed?.how === "in" || doomed?.how === "full") queueMicrotask(() => { try { transaction.abort(); } catch { /* our own code has given it up */ } if (doomed.how === "in") this.die(); });
      return transaction;
    };
  }

  #ask(url, options) {
    this.#live();
    const id = (born += 1), { method = "GET", headers = {}, body = null } = options;
    const sent = { id, phone: this.phone.number, method, url: String(url), headers: { ...headers }, body: body === null ? null : typeof body === "string" ? body : Buffer.from(body).toString("base64"), raw: body !== null && typeof body !== "string" };
    return new Promise((done, fail) => {
      asked.set(id, { life: this, done, fail });
      out.sent.push(sent);
      moved += 1;
      options.signal?.addEventListener("abort", () => { if (asked.delete(id)) fail(options.signal.reason); });
    });
  }

  die() {
    if (this.dead) return;
    this.dead = true;
    moved += 1;
    for (const [id, { life }] of asked) if (life === this) asked.delete(id);
    for (const transaction of this.open) try { transaction.abort(); } catch { /* it is complete already */ }
    this.phone.locks?.forget(this);
    out.died.push(this.phone.number);
  }
}

const phonesDisk = (phone) => phone.disk;
let phones = [], asked = new Map(), out;

/* ---- what a phone can be told to do ---- */

const deeds = {
  async capture(worker, form, files) {
    const mine = await worker.mine();
    if (!mine) return null;
    const whole = files.map((file) => ({ ...file, bytes: new Uint8Array(Buffer.from(file.bytes, "base64")).buffer }));
    const { id, author } = await mine.outbox.capture(form, whole);
    return { id, author };
  },
  flush: (worker, now) => worker.flush(now).then(() => null),
  look: (worker) => worker.look(true),
  learn: (worker, user) => worker.learn(user).then(() => null),
  leave: (worker) => worker.leave().then(() => null),
  close: (worker, owed) => worker.close(owed).then(() => null),
  settle: (worker) => worker.settle(),
  turn: (worker) => worker.desk.fact("user"),
  discard: async (worker, id) => { const mine = await worker.mine(), gone = mine && (await mine.outbox.discard(id)); return gone ? gone.entry.id : null; },
  shown: async (worker, url) => (await worker.mine())?.pack.page(url),
};

function answerOf({ status, headers, body, cut }) {
  const bytes = Buffer.from(body ?? "", "base64"), there = cut === undefined ? bytes : bytes.subarray(0, cut);
  const broken = () => { throw new TypeError("network error"); };
  let parts = [];
  for (let at = 0; at < there.length; at += 700) parts.push(new Uint8Array(there.subarray(at, at + 700)));
  return {
    status, ok: status >= 200 && status < 300, headers: new Headers(headers), type: "basic",
    json: async () => (cut === undefined ? JSON.parse(bytes.toString()) : broken()),
    text: async () => (cut === undefined ? bytes.toString() : broken()),
    body: { getReader: () => ({ read: async () => (parts.length ? { done: false, value: parts.shift() } : cut === undefined ? { done: true } : broken()), cancel: async () => {} }) },
  };
}

const commands = {
  reset({ at, seed, locks }) {
    for (const phone of phones) phone.life?.die();
    [now, born, dice, phones] = [at, 0, seed + 1, []];
    timers.clear();
    asked.clear();
    out.died = [];
    locks.forEach((has, number) => {
      const phone = { number, disk: new IDBFactory(), locks: has ? new Locks() : undefined, skew: 0, life: null, other: null };
      phone.life = new Life(phone);
      phones.push(phone);
    });
  },
  /** Several deeds at once; each begins `wait` turns of the loop later. */
  do({ phone, deeds: all, doom }) {
    const { life } = phones[phone];
    life.doom = doom ?? null;
    for (const { name, with: given = [], key, wait = 0 } of all) {
      busy += wait ? 1 : 0;
      let turns = wait;
      const begin = () => {
        if (turns > 0) { turns -= 1; setImmediate(begin); return; }
        if (wait) busy -= 1;
        moved += 1;
        deeds[name](life.worker, ...given).then((value) => out.done.push({ key, value: value ?? null }), (error) => out.done.push({ key, error: `${error?.name}: ${error?.message}` }));
      };
      begin();
    }
  },
  answer({ id, response, error, doom }) {
    const one = asked.get(id);
    if (!one) return;
    asked.delete(id);
    one.life.doom = doom ?? null;
    if (error) one.fail(new TypeError("Failed to fetch"));
    else one.done(answerOf(response));
  },
  restart({ phone }) {
    const one = phones[phone];
    one.life.die();
    one.life = new Life(one);
  },
  pass({ to }) {
    now = to;
    for (const [id, { at, work }] of [...timers]) if (at <= now && timers.delete(id)) work();
  },
  skew({ phone, by }) { phones[phone].skew = by; },
  async dump() {
    out.disks = [];
    for (const phone of phones) {
      const disk = {};
      for (const { name } of await phone.disk.databases()) {
        const database = await new Promise((done) => { const request = phone.disk.open(name); request.onsuccess = () => done(request.result); });
        const all = {};
        for (const shelf of database.objectStoreNames) {
          const values = await new Promise((done) => { const request = database.transaction(shelf).objectStore(shelf).getAll(); request.onsuccess = () => done(request.result); });
          const keys = await new Promise((done) => { const request = database.transaction(shelf).objectStore(shelf).getAllKeys(); request.onsuccess = () => done(request.result); });
          all[shelf] = shelf === "facts" ? Object.fromEntries(keys.map((key, n) => [key, values[n]])) : shelf === "files" ? keys : values;
        }
        database.close();
        disk[name] = all;
      }
      out.disks.push(disk);
    }
  },
};

const turn = () => new Promise((done) => setImmediate(done));

async function rest() {
  for (let quiet = 0, before = -1; quiet < 3;) {
    await turn();
    quiet = busy === 0 && before === moved ? quiet + 1 : 0;
    before = moved;
  }
}

process.on("unhandledRejection", (error) => { if (error?.name !== "Killed") out?.loose.push(String(error?.stack ?? error)); });

for await (const line of createInterface({ input: process.stdin })) {
  const command = JSON.parse(line);
  out = { sent: [], done: [], died: [], loose: [] };
  await commands[command.do](command);
  if (command.do !== "dump") await rest();
  if (command.doom) for (const phone of phones) phone.life.doom = null;
  process.stdout.write(`${JSON.stringify(out)}\n`);
}
