/* What is being written, and how what is unsent leaves the phone. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { answerPageSide } from "../../service_worker/desk.js";
import { newCode, partsOf, seal } from "../../static/js/phone/seal.js";
import { LIN, Phone, SUN, Server, id } from "./office.js";

const HENGRUN = "/customers/11111111-1111-4111-8111-111111111111/reports";
const KEY = "draft lin /customers/1/reports/new visit";
const office = () => { const server = new Server(); return { server, phone: new Phone(server) }; };
const bytes = (n, size = 10) => new Uint8Array(size).fill(n).buffer;
const words = (n, said, more = {}) => ({ key: KEY, at: n, who: 1, n, href: "/x", title: "拜访报告", entries: [["needs", said]], ...more });

/** What a page is told; the worker's phone stands behind one drawer. */
const asked = (phone, question) => new Promise((done) => {
  const whole = { mine: async () => ({ user: phone.user, store: phone.store, outbox: phone.outbox, pack: phone.pack }) };
  answerPageSide(whole, { data: question, ports: [{ postMessage: done }] });
});

test("a draft has its words and each of its files once; the last keystroke counts, also if an earlier one comes later", async () => {
  const { phone: { store: { drafts } } } = office();
  await drafts.put(words(2, "轴承响"));
  await drafts.put(words(1, "轴承"));
  await drafts.keepFiles(`${KEY}\nphotos\n`, [`${KEY}\nphotos\na`], [{ key: `${KEY}\nphotos\na`, input: "photos", bytes: bytes(1) }]);
  await drafts.keepFiles(`${KEY}\nphotos\n`, [`${KEY}\nphotos\na`, `${KEY}\nphotos\nb`], [{ key: `${KEY}\nphotos\na`, bytes: bytes(9) }, { key: `${KEY}\nphotos\nb`, bytes: bytes(2) }]);
  const draft = await drafts.get(KEY);
  assert.deepEqual(draft.entries, [["needs", "轴承响"]]);
  assert.deepEqual(draft.parts.map((part) => new Uint8Array(part.bytes)[0]), [1, 2]);
  assert.deepEqual((await drafts.all()).map(({ key }) => key), [KEY]);
});

test("another window that takes over writes on, whatever number its keystrokes have", async () => {
  const { phone: { store: { drafts } } } = office();
  await drafts.put(words(7, "轴承"));
  await drafts.put(words(1, "轴承响", { who: 2 }));
  assert.deepEqual((await drafts.get(KEY)).entries, [["needs", "轴承响"]]);
});

test("a photo that is taken out of the form is taken out of the draft, and other drafts keep theirs", async () => {
  const { phone: { store: { drafts } } } = office();
  for (const key of [KEY, `${KEY}2`]) await drafts.put(words(1, "好", { key }));
  for (const key of [KEY, `${KEY}2`]) await drafts.keepFiles(`${key}\nphotos\n`, [`${key}\nphotos\na`], [{ key: `${key}\nphotos\na`, bytes: bytes(1) }]);
  await drafts.keepFiles(`${KEY}\nphotos\n`, [], []);
  assert.deepEqual([(await drafts.get(KEY)).parts.length, (await drafts.get(`${KEY}2`)).parts.length], [0, 1]);
  await drafts.drop(`${KEY}2`);
  assert.equal(await drafts.get(`${KEY}2`), undefined);
});

test("slices of a voice that nobody wrote a word to come back all the same", async () => {
  const { phone: { store: { drafts } } } = office();
  for (const n of [1, 2]) await drafts.put({ key: `${KEY}\nvoice\n5 000${n}`, input: "voice", slice: 5, n, bytes: bytes(n) });
  assert.deepEqual((await drafts.get(KEY)).parts.map(({ n }) => n), [1, 2]);
});

test("the form that is filed takes its draft with it, and no other", async () => {
  const { phone: { store: { drafts } } } = office();
  await drafts.put(words(1, "好", { entries: [["submission_id", "one"]] }));
  await drafts.put(words(1, "好", { key: "other", entries: [["submission_id", "two"]] }));
  await drafts.filed("one");
  assert.deepEqual((await drafts.all()).map(({ key }) => key), ["other"]);
});

test("who is not asked for his own drafts gets none: a page of before, whose reader has gone", async () => {
  const { phone } = office();
  await asked(phone, { kind: "putDraft", user: LIN, draft: words(1, "好") });
  assert.equal((await asked(phone, { kind: "draft", user: LIN, key: KEY })).entries.length, 1);
  assert.equal(await asked(phone, { kind: "draft", user: SUN, key: KEY }), null);
  assert.equal(await asked(phone, { kind: "putDraft", user: SUN, draft: words(2, "别人") }), null);
  assert.deepEqual((await phone.store.drafts.get(KEY)).entries, [["needs", "好"]]);
});

test("a disk that is full answers a page, which then claims nothing", async () => {
  const { phone } = office();
  phone.store.run = async () => { throw new DOMException("full", "QuotaExceededError"); };
  assert.equal(await asked(phone, { kind: "putDraft", user: LIN, draft: words(1, "好") }), null);
});

test("each thing on the phone says what it is about: its customer, or the page on which it was written", async () => {
  const { server, phone } = office(), complaint = "/complaints/22222222-2222-4222-8222-222222222222";
  server.put(HENGRUN.replace("/reports", ""), "<title>恒润纺机 · 登门</title>");
  server.put(complaint, "<title>金禾造纸的客诉 · 登门</title>");
  await phone.pack.pull();
  await phone.save(HENGRUN);
  await phone.save(complaint.replace("complaints", "threads/complaint"), [["text", "收到"]], [], { form: complaint });
  await phone.save("/market-reports", [["what", "降价"]], [], { form: "/nowhere" });
  const about = (await asked(phone, { kind: "entries" })).sort((a, b) => a.seq - b.seq).map((entry) => entry.about || "");
  assert.deepEqual(about, ["恒润纺机", "金禾造纸的客诉", ""]);
  assert.deepEqual(await asked(phone, { kind: "carried", urls: ["/nowhere", complaint] }), [complaint]);
});

test("what is unsent is what the server lacks: entries, and files of entries that it has", async () => {
  const { server, phone } = office();
  const photo = (n) => ({ name: "photos", filename: "a.jpg", type: "image/jpeg", bytes: bytes(n) });
  await phone.save(HENGRUN, [["said", "到了"]]);
  server.way = (url) => { if (url.startsWith("/attachments")) throw new TypeError("Failed to fetch"); };
  await phone.save(HENGRUN, [["said", "照片没到"]], [photo(1)]);
  await phone.outbox.flush();
  server.way = () => { throw new TypeError("Failed to fetch"); };
  await phone.save(HENGRUN, [["said", "没到"]], [photo(2)]);
  const { user, entries, files } = await asked(phone, { kind: "unsent" });
  assert.equal(user, LIN);
  assert.deepEqual(entries.map(({ fields }) => fields[0][1]), ["照片没到", "没到"]);
  assert.deepEqual(files.map((file) => new Uint8Array(file.bytes)[0]), [1, 2]);
  assert.deepEqual((await phone.outbox.sum()).files, 1);
});

test("a code is twelve signs that nobody mishears", () => {
  for (let n = 0; n < 50; n += 1) assert.match(newCode(), /^([0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}$/);
});

test("more than one server takes at once goes in parts, each whole in itself", () => {
  const megabytes = (n) => n * 1024 * 1024, file = (size) => ({ id: id(), bytes: new ArrayBuffer(megabytes(size)) });
  const [a, b, c, d] = [file(6), file(6), file(6), file(1)], entry = (...own) => ({ id: id(), attachments: own.map((one) => ({ id: one.id })) });
  const entries = [entry(a), entry(b, c), entry(), entry(d)], parts = partsOf({ entries, files: [a, b, c, d] });
  assert.deepEqual(parts.map((part) => part.files), [[a, b], [c, d]]);
  assert.deepEqual(parts.map((part) => part.entries), [[entries[0], entries[1]], [entries[1], entries[2], entries[3]]]);
});

test("a sealed part is opened by its code and by no other, and says nothing before", async () => {
  const blob = await seal({ user: LIN, device: "d", origin: "https://x" }, { entries: [{ id: "e" }], files: [{ id: "f", bytes: bytes(7, 3) }] }, "K7M2-Q9XW-4TPA");
  const all = Buffer.from(await blob.arrayBuffer()), lines = all.toString("latin1").split("\n"), about = JSON.parse(lines[1]);
  assert.equal(lines[0], "DOORSTEP-UNSENT 1");
  const head = Buffer.byteLength(`${lines[0]}\n${lines[1]}\n`, "latin1"), sealed = all.subarray(head + 65);
  assert.equal(Buffer.from(await crypto.subtle.digest("SHA-256", sealed)).toString("hex"), lines[2]);
  const secret = await crypto.subtle.importKey("raw", Buffer.from("K7M2Q9XW4TPA"), "PBKDF2", false, ["deriveKey"]);
  const key = await crypto.subtle.deriveKey({ name: "PBKDF2", hash: "SHA-256", salt: Buffer.from(about.salt, "base64"), iterations: about.iterations }, secret, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
  const plain = Buffer.from(await crypto.subtle.decrypt({ name: "AES-GCM", iv: Buffer.from(about.iv, "base64"), additionalData: all.subarray(0, head) }, key, sealed));
  const [told] = plain.toString("latin1").split("\n");
  assert.deepEqual(JSON.parse(told).files, [{ id: "f", size: 3 }]);
  assert.deepEqual([...plain.subarray(told.length + 1)], [7, 7, 7]);
  assert.ok(about.iterations >= 600_000 && !all.includes(LIN));
});
