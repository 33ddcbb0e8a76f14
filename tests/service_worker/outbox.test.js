import assert from "node:assert/strict";
import { test } from "node:test";

import { MINUTE } from "../../service_worker/names.js";
import { LIN, Phone, SUN, Server, id, json, offline, portal } from "./office.js";

const HENGRUN = "/customers/11111111-1111-4111-8111-111111111111/reports", HONGJIN = "/customers/22222222-2222-4222-8222-222222222222/reports";
const office = () => { const server = new Server(); return { server, phone: new Phone(server) }; };
const down = () => offline();

test("what lin saves reaches the server once, and stays on the phone until a backup holds it", async () => {
  const { server, phone } = office();
  const kept = await phone.save();
  assert.equal(kept.seq, 1);
  await phone.outbox.flush();
  await phone.outbox.flush();
  assert.equal(server.kept.size, 1);
  assert.deepEqual(await phone.states(), ["delivered"]);
  await phone.outbox.prune({ [await phone.outbox.device()]: 0 });
  assert.equal((await phone.states()).length, 1);
  await phone.outbox.prune({ [await phone.outbox.device()]: 1 });
  assert.deepEqual(await phone.states(), []);
});

test("without a line it waits, longer each time and never more than a quarter of an hour, and survives a restart", async () => {
  const { server, phone } = office();
  server.way = down;
  await phone.save();
  const pauses = [];
  for (let tries = 0; tries < 14; tries += 1) {
    await phone.outbox.flush();
    pauses.push((await phone.outbox.sum()).next - phone.clock.at);
    phone.clock.at = (await phone.outbox.sum()).next;
  }
  assert.ok(pauses[0] >= 2000 && pauses[1] > pauses[0] && Math.max(...pauses) <= 15 * MINUTE, String(pauses));
  phone.restart();
  server.way = null;
  phone.clock.pass(15 * MINUTE);
  await phone.outbox.flush();
  assert.equal(server.kept.size, 1);
});

test("before its time nothing is asked of the line; the button does not wait", async () => {
  const { server, phone } = office();
  server.way = down;
  await phone.save();
  await phone.outbox.flush();
  let asked = 0;
  server.way = () => { asked += 1; };
  await phone.outbox.flush();
  assert.equal(asked, 0);
  await phone.outbox.flush({ now: true });
  assert.equal(server.kept.size, 1);
});

test("an answer that got lost is asked for again and makes no second report", async () => {
  const { server, phone } = office();
  await phone.save();
  server.way = () => "lose";
  await phone.outbox.flush();
  assert.deepEqual([server.kept.size, await phone.states()], [1, ["waiting"]]);
  server.way = null;
  await phone.outbox.flush({ now: true });
  assert.deepEqual([server.kept.size, server.order.length, await phone.states()], [1, 1, ["delivered"]]);
  assert.equal((await phone.store.entries())[0].answer.result, "duplicate");
});

for (const [name, answer] of Object.entries({
  "a hotel's page that says 200": () => portal(),
  "a proxy's JSON": () => json({ answers: [] }, 200, { "Doorstep-Protocol": "0" }),
  "another batch's answer": () => json({ protocol: 1, batch_id: id(), answers: [{ result: "accepted" }] }),
  "half an answer": () => new Response('{"protocol":1,"batch', { headers: { "Doorstep-Protocol": "1" } }),
  "a server that is ill": () => json({}, 500),
  "a 401 that is not ours": () => new Response("", { status: 401 }),
})) {
  test(`${name} is no receipt`, async () => {
    const { server, phone } = office();
    server.way = answer;
    await phone.save();
    await phone.outbox.flush();
    assert.deepEqual(await phone.states(), ["waiting"]);
    assert.equal((await phone.outbox.sum()).parked, false);
    server.way = null;
    await phone.outbox.flush({ now: true });
    assert.deepEqual(await phone.states(), ["delivered"]);
  });
}

test("a busy server says how long to wait and is obeyed", async () => {
  const { server, phone } = office();
  server.way = () => json({}, 503, { "Retry-After": "120" });
  await phone.save();
  await phone.outbox.flush();
  assert.equal((await phone.outbox.sum()).next - phone.clock.at, 120_000);
});

test("a hundred and twenty entries go in two batches, oldest first, each at most a hundred", async () => {
  const { server, phone } = office();
  for (let n = 0; n < 120; n += 1) await phone.save(HENGRUN, [["n", String(n)]]);
  await phone.outbox.flush();
  assert.deepEqual(server.batches.map(({ entries }) => entries.length), [100, 20]);
  assert.deepEqual(server.order.map(({ seq }) => seq), Array.from({ length: 120 }, (_, n) => n + 1));
});

test("a full outbox is read once to be sent, not once a batch, and what is discarded meanwhile is not sent", async () => {
  const { server, phone } = office();
  for (let n = 0; n < 220; n += 1) await phone.save(HENGRUN, [["n", String(n)]]);
  const last = (await phone.store.entries()).at(-1), usual = phone.store.entries;
  let read = 0;
  phone.store.entries = function entries() { read += 1; return usual.call(this); };
  server.way = async () => { server.way = null; await phone.outbox.discard(last.id); return server.answer("/outbox", sent); };
  let sent;
  const fetch = phone.outbox.fetch;
  phone.outbox.fetch = (url, options) => { sent = options; return fetch(url, options); };
  await phone.outbox.flush();
  assert.deepEqual(server.batches.map(({ entries }) => entries.length), [100, 100, 19]);
  assert.deepEqual(server.batches.map(({ waiting }) => waiting.count), [220, 120, 20]);
  assert.ok(read <= 3, `${read} times`);
});

test("a batch stays below what the server takes, and one that is alone too long goes alone", async () => {
  const { server, phone } = office();
  for (let n = 0; n < 5; n += 1) await phone.save(HENGRUN, [["said", "话".repeat(30_000)]]);
  await phone.outbox.flush();
  for (const batch of server.batches) assert.ok(Buffer.byteLength(JSON.stringify(batch)) <= 256 * 1024);
  assert.equal(server.kept.size, 5);
});

const PLAN = "/days/2026-11-25/stops", NEW = "/customers", of = (who) => `/customers/${String(who).padStart(8, "0")}-1111-4111-8111-111111111111/reports`;

/** A phone that holds these, each so long that it fills a batch, and begins to send; each batch waits on the line to be told how it went.
 *  `out()`: numbers of the entries that are on the line now, once nothing moves any more. */
async function sendingOneByOne(...actions) {
  const { server, phone } = office(), line = new Map();
  for (const [n, action] of actions.entries()) await phone.save(action, [["n", String(n)], ["said", "话".repeat(70_000)]]);
  server.way = (url, { body }) => new Promise((done, fail) => {
    const batch = JSON.parse(body), number = Number(batch.entries[0].fields[0][1]), end = (how, with_) => { line.delete(number); how(with_); };
    line.set(number, { batch, arrives: () => end(done), breaks: (after) => end(fail, new TypeError(after)), says: (response) => end(done, response) });
  });
  const flushed = phone.outbox.flush();
  const out = async () => {
    for (let quiet = 0; quiet < 40; quiet += 1) await new Promise((done) => setImmediate(done));
    return [...line.keys()];
  };
  return { server, phone, line, out, flushed };
}

test("of a long queue the first batch and the last go alone, and two of other customers beside each other between them", async () => {
  const { server, phone, line, out, flushed } = await sendingOneByOne(of(0), of(1), of(2), of(3), of(4));
  assert.deepEqual(await out(), [0]);
  line.get(0).arrives();
  assert.deepEqual(await out(), [1, 2]);
  line.get(2).arrives();
  assert.deepEqual(await out(), [1, 3]);
  line.get(3).arrives();
  assert.deepEqual(await out(), [1]);
  line.get(1).arrives();
  assert.deepEqual(await out(), [4]);
  line.get(4).arrives();
  await flushed;
  assert.deepEqual(await phone.states(), Array(5).fill("delivered"));
  assert.deepEqual(server.batches.map(({ waiting }) => waiting.count), [5, 4, 3, 4, 1]);
});

test("what is about one customer goes one after the other, however much is on the line", async () => {
  const { line, out, flushed } = await sendingOneByOne(of(0), of(1), of(1), of(2), of(1));
  line.get((await out())[0]).arrives();
  assert.deepEqual(await out(), [1, 3]);
  line.get(3).arrives();
  assert.deepEqual(await out(), [1]);
  for (const next of [1, 2, 4]) {
    assert.deepEqual(await out(), [next]);
    line.get(next).arrives();
  }
  await flushed;
});

for (const [name, action] of Object.entries({ "a plan": PLAN, "a new customer": NEW })) {
  test(`${name} goes beside nothing, and nothing that was written later passes it`, async () => {
    const { line, out, flushed } = await sendingOneByOne(of(0), of(1), action, of(3), of(4), of(5));
    for (const alone of [0, 1, 2]) {
      assert.deepEqual(await out(), [alone]);
      line.get(alone).arrives();
    }
    assert.deepEqual(await out(), [3, 4]);
    for (const one of [3, 4, 5]) (await out(), line.get(one).arrives());
    await flushed;
  });
}

test("a slow line is asked for one batch at a time", async () => {
  const { phone, line, out, flushed } = await sendingOneByOne(of(0), of(1), of(2), of(3));
  for (const alone of [0, 1, 2, 3]) {
    assert.deepEqual(await out(), [alone]);
    phone.clock.pass(6000);
    line.get(alone).arrives();
  }
  await flushed;
});

test("two that break together are one failure, and a third is not begun", async () => {
  const { phone, line, out, flushed } = await sendingOneByOne(of(0), of(1), of(2), of(3));
  line.get((await out())[0]).arrives();
  await out();
  line.get(1).breaks();
  assert.deepEqual(await out(), [2]);
  line.get(2).breaks();
  await flushed;
  assert.deepEqual(await phone.states(), ["delivered", "waiting", "waiting", "waiting"]);
  const { failures, next } = await phone.outbox.sum();
  assert.ok(failures === 1 && next > phone.clock.at, `${failures} ${next}`);
});

test("one that arrives while the one beside it breaks is kept as arrived, and the line rests as long as the server asked for", async () => {
  const { phone, line, out, flushed } = await sendingOneByOne(of(0), of(1), of(2), of(3));
  line.get((await out())[0]).arrives();
  await out();
  line.get(1).says(json({}, 503, { "Retry-After": "120" }));
  await out();
  line.get(2).arrives();
  await flushed;
  assert.deepEqual(await phone.states(), ["delivered", "waiting", "delivered", "waiting"]);
  assert.equal((await phone.outbox.sum()).next - phone.clock.at, 120_000);
});

test("if the session ends with two on the line, both wait for somebody to sign in", async () => {
  const { server, phone, line, out, flushed } = await sendingOneByOne(of(0), of(1), of(2), of(3));
  line.get((await out())[0]).arrives();
  await out();
  server.user = null;
  line.get(1).arrives();
  await out();
  line.get(2).breaks();
  await flushed;
  assert.deepEqual(await phone.states(), ["delivered", "waiting", "waiting", "waiting"]);
  assert.equal((await phone.outbox.sum()).parked, true);
});

test("a confirmation from before a restore that comes after the word of it is worth nothing, although it was sent beside", async () => {
  const { server, phone, line, out, flushed } = await sendingOneByOne(of(0), of(1), of(2), of(3));
  line.get((await out())[0]).arrives();
  await out();
  const [first, second] = [1, 2].map((number) => line.get(number).batch);
  const before = json({ protocol: 1, batch_id: second.batch_id, epoch: "e1", answers: [{ id: second.entries[0].id, result: "accepted" }] });
  server.epoch = "e2";
  server.kept.clear(); // the backup had none of them
  line.get(1).says(json({ protocol: 1, batch_id: first.batch_id, epoch: "e2", answers: [] }));
  assert.deepEqual(await out(), [2], "nothing new is begun before the other has been heard of");
  line.get(2).says(before);
  for (let left = 0; left < 4; left += 1) line.get((await out())[0]).arrives();
  await flushed;
  assert.deepEqual([server.kept.size, await phone.states()], [4, Array(4).fill("delivered")]);
});

test("what is refused stays, with its reasons, and holds up neither its own customer nor another", async () => {
  const { server, phone } = office();
  server.answerTo = (entry) => (entry.fields[0][1] === "bad" ? { result: "rejected", errors: { said: ["写一句。"] } } : null);
  await phone.save(HENGRUN, [["said", "bad"]]);
  await phone.save(HENGRUN);
  await phone.save(HONGJIN);
  await phone.outbox.flush();
  assert.deepEqual(await phone.states(), ["rejected", "delivered", "delivered"]);
  await phone.save(HONGJIN);
  await phone.outbox.flush();
  assert.deepEqual(server.batches.map(({ waiting }) => waiting.refused), [0, 1]);
  assert.deepEqual((await phone.store.entries())[0].answer.errors, { said: ["写一句。"] });
});

test("one that has to wait holds up the later ones of its customer, and no other customer's", async () => {
  const { server, phone } = office();
  server.answerTo = (entry) => (entry.fields[0][1] === "poison" ? { result: "retry_later" } : null);
  await phone.save(HENGRUN, [["said", "poison"]]);
  await phone.outbox.flush();
  await phone.save(HENGRUN);
  await phone.save(HONGJIN);
  await phone.outbox.flush();
  assert.deepEqual(await phone.states(), ["waiting", "waiting", "delivered"]);
  server.answerTo = () => null;
  await phone.outbox.flush({ now: true });
  assert.deepEqual(server.order.map(({ seq }) => seq), [3, 1, 2]);
});

test("a mended entry is a new one, keeps the photos, and the old one is gone", async () => {
  const { server, phone } = office();
  server.answerTo = (entry) => (entry.fields[0][1] === "bad" ? { result: "rejected", errors: {} } : null);
  const old = await phone.save(HENGRUN, [["said", "bad"]], [{ name: "photos", filename: "a.jpg", type: "image/jpeg", bytes: new Uint8Array(10).buffer }]);
  await phone.outbox.flush();
  const mended = await phone.save(HENGRUN, [["said", "good"]], [], { replaces: old.id });
  await phone.outbox.flush();
  assert.notEqual(mended.id, old.id);
  assert.equal((await phone.store.entries()).length, 1);
  assert.equal([...server.uploads.values()][0].bytes.length, 10);
});

test("the same form saved twice is one entry; other words under a sent id are another", async () => {
  const { server, phone } = office();
  const form = { id: id(), action: HENGRUN, fields: [["said", "一"]], form: "" };
  await phone.outbox.capture(form);
  await phone.outbox.capture(form);
  assert.equal((await phone.states()).length, 1);
  await phone.outbox.capture({ ...form, fields: [["said", "二"]] });
  assert.deepEqual((await phone.store.entries()).map(({ fields }) => fields[0][1]), ["二"]);
  await phone.outbox.flush();
  const other = await phone.outbox.capture({ ...form, fields: [["said", "三"]] });
  assert.notEqual(other.id, form.id);
  await phone.outbox.flush();
  assert.equal(server.kept.size, 2);
});

test("signed out, the queue parks, loses nothing and goes on after signing in", async () => {
  const { server, phone } = office();
  server.user = null;
  await phone.save();
  await phone.outbox.flush();
  assert.equal((await phone.outbox.sum()).parked, true);
  server.user = LIN;
  await phone.outbox.unpark();
  await phone.outbox.flush();
  assert.deepEqual(await phone.states(), ["delivered"]);
});

test("what lin wrote is never sent while sun is signed in, and sun does not see it", async () => {
  const { server, phone } = office();
  server.way = down;
  await phone.save();
  await phone.outbox.flush();
  server.way = null;
  server.user = SUN;
  phone.restart(SUN);
  await phone.outbox.flush({ now: true });
  assert.deepEqual([server.kept.size, await phone.states()], [0, []]);
  phone.restart(LIN);
  await phone.outbox.flush({ now: true });
  assert.equal(server.kept.size, 0);
  server.user = LIN;
  await phone.outbox.flush({ now: true });
  assert.equal(server.kept.size, 1);
});

test("a batch that is too big is halved until the one entry stands alone that is at fault", async () => {
  const { server, phone } = office();
  for (let n = 0; n < 9; n += 1) await phone.save(`/customers/${n}1111111-1111-4111-8111-111111111111/reports`, [["n", String(n)]]);
  server.way = async (url, { body }) => (JSON.parse(body).entries.some(({ fields }) => fields[0][1] === "4") ? new Response("", { status: 413 }) : null);
  await phone.outbox.flush();
  assert.deepEqual((await phone.states()).map((state) => state[0]).join(""), "ddddrdddd");
});

test("photos follow their text by pieces, and a broken line goes on where it stopped", async () => {
  const { server, phone } = office();
  const bytes = crypto.getRandomValues(new Uint8Array(60_000)).buffer, big = Buffer.concat(Array(15).fill(Buffer.from(bytes)));
  await phone.save(HENGRUN, [["said", "好"]], [{ name: "photos", filename: "a.jpg", type: "image/jpeg", bytes: big.buffer.slice(big.byteOffset, big.byteOffset + big.length) }]);
  let pieces = 0;
  server.way = (url, { method }) => (method === "PATCH" && (pieces += 1) === 3 ? "lose" : null);
  await phone.outbox.flush();
  assert.equal((await phone.outbox.sum()).files, 1);
  await phone.outbox.flush({ now: true });
  assert.equal((await phone.outbox.sum()).files, 0);
  assert.deepEqual([...server.uploads.values()][0].bytes, big);
  assert.equal(pieces, 4);
});

test("a photo that the phone has lost is said to be broken and holds nothing up", async () => {
  const { phone } = office();
  const entry = await phone.save(HENGRUN, [["said", "好"]], [{ name: "photos", filename: "a.jpg", type: "image/jpeg", bytes: new Uint8Array(9).buffer }]);
  await phone.store.dropFile(entry.attachments[0].id);
  await phone.outbox.flush();
  assert.equal((await phone.store.entries())[0].attachments[0].broken, true);
  assert.deepEqual(await phone.states(), ["delivered"]);
});

test("a server that was restored gets again what its backup lacks", async () => {
  const { server, phone } = office();
  await phone.save();
  await phone.outbox.flush();
  server.kept.clear();
  server.epoch = "e2";
  await phone.save(HONGJIN);
  await phone.outbox.flush();
  assert.equal(server.kept.size, 2);
  assert.deepEqual(await phone.states(), ["delivered", "delivered"]);
});

test("two that flush at once send each entry once", async () => {
  const { server, phone } = office();
  for (let n = 0; n < 30; n += 1) await phone.save(HENGRUN, [["n", String(n)]]);
  await Promise.all([phone.outbox.flush(), phone.outbox.flush(), phone.outbox.flush({ now: true })]);
  assert.deepEqual([server.batches.length, server.kept.size], [1, 30]);
});

test("what is saved during a flush goes with the same flush", async () => {
  const { server, phone } = office();
  await phone.save();
  let late = true;
  server.way = async () => { if (late) { late = false; await phone.save(HONGJIN); phone.outbox.flush(); } };
  await phone.outbox.flush();
  assert.equal(server.kept.size, 2);
});

test("thrown away and put back, it is as it was; what is delivered cannot be thrown away", async () => {
  const { phone } = office();
  const entry = await phone.save(HENGRUN, [["said", "好"]], [{ name: "photos", filename: "a.jpg", type: "image/jpeg", bytes: new Uint8Array(9).buffer }]);
  const gone = await phone.outbox.discard(entry.id);
  assert.deepEqual(await phone.states(), []);
  await phone.outbox.putBack(gone);
  await phone.outbox.flush();
  assert.deepEqual(await phone.states(), ["delivered"]);
  assert.equal(await phone.outbox.discard(entry.id), null);
});

test("bodies travel compressed where the browser can", async () => {
  const { server, phone } = office();
  phone.outbox.compress = async (text) => new Response(new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"))).arrayBuffer();
  await phone.save();
  await phone.outbox.flush();
  assert.deepEqual([server.compressed, server.kept.size], [1, 1]);
});

test("a database that the browser has closed is opened again", async () => {
  const { phone } = office();
  await phone.save();
  const open = phone.indexedDB.open.bind(phone.indexedDB);
  let opened = 0;
  phone.indexedDB.open = (...asked) => { opened += 1; return open(...asked); };
  phone.store.close();
  await phone.save(HONGJIN);
  assert.deepEqual([opened, (await phone.states()).length], [1, 2]);
});

test("words written anew while the old ones are on their way are sent too, never taken for what the server has confirmed", async () => {
  const { server, phone } = office();
  const kept = await phone.save(HENGRUN, [["said", "好"]]);
  let arrived, answered;
  const there = new Promise((done) => { arrived = done; }), back = new Promise((done) => { answered = done; });
  server.way = async () => { arrived(); await back; };
  const entry = phone.store.entry.bind(phone.store);
  phone.store.entry = async (id) => { const found = await entry(id); phone.store.entry = entry; sending ??= phone.outbox.flush(); await there; return found; };
  let sending;
  await phone.outbox.capture({ id: kept.id, action: HENGRUN, fields: [["said", "很好"]], form: "" });
  answered();
  server.way = null;
  await sending;
  await phone.outbox.flush({ now: true });
  assert.deepEqual(server.order.map(({ fields }) => fields[0][1]), ["好", "很好"]);
});

test("a confirmation that comes after the phone has heard of a restore is worth nothing: the entry goes again", async () => {
  const { server, phone } = office();
  await phone.save();
  await phone.outbox.flush();
  const kept = await phone.save(HONGJIN);
  server.way = async () => { server.way = null; const answer = await server.answer("/outbox", { ...last }); server.epoch = "e2"; await phone.outbox.epochSeen("e2"); return answer; };
  let last;
  const fetch = phone.outbox.fetch;
  phone.outbox.fetch = (url, options) => { last = options; return fetch(url, options); };
  await phone.outbox.flush({ now: true });
  assert.deepEqual(server.batches.filter(({ entries }) => entries.some(({ id: one }) => one === kept.id)).map(({ epoch }) => epoch), ["e1", "e2"]);
});
