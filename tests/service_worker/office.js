/* The furniture of the worker's tests: a phone without a browser, a clock that is moved by hand, a server of a few lines. */
import { IDBFactory, IDBKeyRange } from "fake-indexeddb";

import { sumOf } from "../../service_worker/held.js";
import { Outbox } from "../../service_worker/outbox.js";
import { Pack } from "../../service_worker/pack.js";
import { Store } from "../../service_worker/store.js";

export const LIN = "11111111aaaaaaaa", SUN = "22222222bbbbbbbb";
export const TUESDAY = Date.parse("2026-11-24T02:00:00Z");

let born = 0;
export const id = () => `0000${(born += 1).toString(16).padStart(4, "0")}-0000-4000-8000-000000000000`;

export class Clock {
  at = TUESDAY;
  now = () => this.at;
  pass(ms) { this.at += ms; }
}

/** A phone: its disk outlives `restart()`, its memory does not. */
export class Phone {
  constructor(server, user = LIN) {
    this.indexedDB = new IDBFactory();
    this.clock = server.clock;
    this.server = server;
    this.said = [];
    this.restart(user);
  }

  restart(user = this.user) {
    this.user = user;
    this.store = new Store({ indexedDB: this.indexedDB, IDBKeyRange, user });
    const means = {
      store: this.store, now: this.clock.now, ids: id, random: () => 0.5, build: "b1", locks: this.locks,
      fetch: (url, options) => this.server.fetch(url, options, this), tell: (word) => this.said.push(word),
    };
    this.outbox = new Outbox(means);
    this.pack = new Pack({ ...means, ready: async () => {}, epochSeen: (epoch) => this.outbox.epochSeen(epoch), told: () => this.outbox.told() });
  }

  save(action = "/customers/11111111-1111-4111-8111-111111111111/reports", fields = [["said", "好"]], files = [], more = {}) {
    return this.outbox.capture({ id: id(), action, fields, form: "", ...more }, files);
  }

  async states() { return (await this.store.entries()).map(({ state }) => state); }
}

const HEADERS = { "content-type": "application/json", "Doorstep-Protocol": "1" };
export const json = (body, status = 200, headers = {}) => new Response(JSON.stringify(body), { status, headers: { ...HEADERS, ...headers } });
export const portal = () => new Response("<html>Welcome</html>", { status: 200, headers: { "content-type": "text/html" } });
export const offline = () => { throw new TypeError("Failed to fetch"); };

/** A server that keeps what it accepts; `answerTo(entry)` may say otherwise, `way(url, options)` may break the line. */
export class Server {
  clock = new Clock();
  epoch = "e1"; user = LIN; kept = new Map(); order = []; batches = []; uploads = new Map(); durable = {};
  pages = new Map(); edition = "b1.zh-Hans."; number = 1;
  way = null; answerTo = () => null; compressed = 0;

  async fetch(url, options = {}, phone = null) {
    const broken = await this.way?.(url, options, phone);
    if (broken instanceof Response) return broken;
    const answer = await this.answer(url, options);
    return broken === "lose" ? offline() : answer;
  }

  async answer(url, options) {
    if (url === "/outbox") return this.deliver(options);
    if (url === "/") return new Response("");
    if (url.startsWith("/attachments/")) return this.upload(url, options);
    return this.carry(new URL(url, "http://x").searchParams);
  }

  async deliver({ body, headers }) {
    if (headers["Content-Encoding"] === "gzip") {
      this.compressed += 1;
      body = await new Response(new Blob([body]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
    } else if (typeof body !== "string") body = new TextDecoder().decode(body);
    const batch = JSON.parse(body);
    this.batches.push(batch);
    const base = { protocol: 1, batch_id: batch.batch_id, epoch: this.epoch };
    if (batch.user !== this.user) return json({ ...base, answers: [] }, 401);
    return json({ ...base, now: new Date(this.clock.at).toISOString(), answers: batch.entries.map((entry) => ({ id: entry.id, ...this.take(entry) })) });
  }

  take(entry) {
    const other = this.answerTo(entry);
    if (other) return other;
    if (this.kept.has(entry.id)) return { result: "duplicate", location: "/reports/" + entry.id };
    this.kept.set(entry.id, entry);
    this.order.push(entry);
    for (const { id: file, size } of entry.attachments) this.uploads.set(file, { size, bytes: Buffer.alloc(0) });
    return { result: "accepted", location: "/reports/" + entry.id, receipt: entry.id };
  }

  upload(url, { method, headers, body }) {
    const file = this.uploads.get(url.split("/")[2]);
    if (!file) return new Response("", { status: 404 });
    const said = (status) => new Response(null, { status, headers: { "Doorstep-Protocol": "1", "Upload-Offset": String(file.bytes.length), "Upload-Complete": file.bytes.length === file.size ? "?1" : "?0" } });
    if (method === "HEAD") return said(204);
    if (Number(headers["Upload-Offset"]) !== file.bytes.length) return said(409);
    file.bytes = Buffer.concat([file.bytes, Buffer.from(body)]);
    return said(204);
  }

  async carry(asked) {
    const cursor = asked.get("cursor"), whole = asked.get("edition") !== this.edition || !cursor?.startsWith(this.epoch);
    const since = whole ? 0 : Number(cursor.split("-")[1]);
    const changed = [...this.pages].filter(([, page]) => page.number > since && (!whole || !page.gone));
    const urls = [...this.pages].filter(([, page]) => !page.gone).map(([url]) => url);
    const lines = [
      { kind: "head", protocol: 1, user: this.user, edition: this.edition, from: whole ? null : cursor, reset: whole, total: changed.length,
        lease: new Date(this.clock.at + 14 * 864e5).toISOString(), now: new Date(this.clock.at).toISOString(), epoch: this.epoch, durable: this.durable, zone: "Asia/Shanghai" },
      ...changed.map(([url, page]) => (page.gone ? { kind: "gone", url } : { kind: "page", url, ...(asked.has("edits") && !whole && page.told ? page.told : { html: page.html, ...page.beside }) })),
      { kind: "tail", cursor: `${this.epoch}-${this.number}`, held: [urls.length, sumOf(urls)] },
    ];
    const text = lines.map((line) => JSON.stringify(line)).join("\n") + "\n";
    return new Response(text, { headers: { "content-type": "application/x-ndjson", "Doorstep-Protocol": "1" } });
  }

  /** `told`: what a phone that holds the page before is told instead; `beside`: what comes with a card. */
  put(url, html, told = null, beside = {}) { this.pages.set(url, { html, told, beside, number: (this.number += 1) }); }
  drop(url) { this.pages.set(url, { gone: true, number: (this.number += 1) }); }
}
