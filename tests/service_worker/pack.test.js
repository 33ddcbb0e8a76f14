import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";

import { DAY } from "../../service_worker/names.js";
import { LIN, Phone, SUN, Server, offline, portal } from "./office.js";

const office = (pages = 3) => {
  const server = new Server();
  for (let n = 0; n < pages; n += 1) server.put(`/customers/${n}`, `<p>${n}`);
  return { server, phone: new Phone(server) };
};

test("the first pack is carried whole, and a delta brings what changed and takes what is gone", async () => {
  const { server, phone } = office(120);
  assert.equal(await phone.pack.pull(), "fresh");
  assert.equal((await phone.pack.urls()).length, 120);
  assert.deepEqual(phone.said.filter(({ kind }) => kind === "progress").map(({ done, total }) => [done, total]), [[0, 120], [50, 120], [100, 120]]);
  server.put("/customers/1", "<p>new");
  server.drop("/customers/2");
  assert.equal(await phone.pack.pull(), "fresh");
  assert.equal(await phone.pack.page("/customers/1"), "<p>new");
  assert.equal(await phone.pack.page("/customers/2"), undefined);
  assert.equal(await phone.pack.page("/customers/3"), "<p>3");
});

const sum = (text) => createHash("sha256").update(text).digest("hex").slice(0, 8);
const edits = (of) => ({ edits: [[-1, 1], "<p>and more", [-3, 1]], sum: sum(of), index: { id: "7", step: "send", on: null } });

test("a page that is told by what has changed is laid together of what is held", async () => {
  const { server, phone } = office();
  server.put("/customers/7", ["<p>one\n<p>two\n<p>three"], null, { row: { html: "<li>" }, index: { id: "7", name: "恒润", on: "2026-11-26" } });
  await phone.pack.pull();
  server.put("/customers/7", ["whole"], edits("<p>one\n<p>and more\n<p>three"));
  assert.equal(await phone.pack.pull(), "fresh");
  const { html, row } = await phone.pack.record("/customers/7"), { rows: [one] } = await phone.pack.list();
  assert.deepEqual([html, row], ["<p>one\n<p>and more\n<p>three", { html: "<li>" }]);
  assert.deepEqual([one.name, one.step, "on" in one], ["恒润", "send", false]);
});

for (const [what, held] of [["another page than was meant", ["<p>1\n<p>2\n<p>other"]], ["no such page", null]]) {
  test(`a phone that holds ${what} asks for it whole`, async () => {
    const { server, phone } = office(), asked = [];
    if (held) server.put("/customers/7", held);
    await phone.pack.pull();
    server.put("/customers/7", ["whole"], edits("<p>one\n<p>and more\n<p>three"));
    server.way = (url) => { asked.push(url.includes("edits")); };
    assert.equal(await phone.pack.pull(), "fresh");
    assert.equal(await phone.pack.page("/customers/7"), "whole");
    assert.deepEqual(asked, [true, false]);
  });
}

test("a set that breaks off is not taken for whole; the old one stays", async () => {
  const { server, phone } = office(120);
  await phone.pack.pull();
  server.edition = "b2.zh-Hans.";
  server.way = async (url, options) => new Response((await (await server.answer(url, options)).text()).slice(0, 6000), { headers: { "Doorstep-Protocol": "1" } });
  assert.equal(await phone.pack.pull(), "no");
  assert.equal(await phone.store.fact("edition"), "b1.zh-Hans.");
  assert.equal((await phone.pack.urls()).length, 120);
  server.way = null;
  assert.equal(await phone.pack.pull(), "fresh");
  assert.equal(await phone.store.fact("edition"), "b2.zh-Hans.");
});

test("the very first set is read while it is still coming", async () => {
  const { server, phone } = office(120);
  server.way = async (url, options) => new Response((await (await server.answer(url, options)).text()).split("\n").slice(0, 80).join("\n"), { headers: { "Doorstep-Protocol": "1" } });
  assert.equal(await phone.pack.pull(), "no");
  assert.equal(await phone.pack.page("/customers/7"), "<p>7");
});

test("a delta that does not begin where the phone stands is not applied", async () => {
  const { server, phone } = office();
  await phone.pack.pull();
  server.put("/customers/1", "<p>new");
  server.way = async (url, options) => new Response((await (await server.answer(url, options)).text()).replace(/"from":"[^"]*"/, '"from":"e1-99"'), { headers: { "Doorstep-Protocol": "1" } });
  assert.equal(await phone.pack.pull(), "no");
  assert.equal(await phone.pack.page("/customers/1"), "<p>1");
});

for (const [name, way, result] of [
  ["no line", offline, "no"], ["a hotel's page", portal, "no"], ["signed out", () => new Response("", { status: 401 }), "signed out"],
]) {
  test(`${name}: what is carried stays`, async () => {
    const { server, phone } = office();
    await phone.pack.pull();
    server.way = way;
    assert.equal(await phone.pack.pull(), result);
    assert.equal(await phone.pack.page("/customers/1"), "<p>1");
  });
}

test("another person's pack is not taken", async () => {
  const { server, phone } = office();
  server.user = SUN;
  assert.equal(await phone.pack.pull(), "not ours");
  assert.deepEqual(await phone.pack.urls(), []);
});

test("after fourteen days without contact the pages are gone, and the outbox is not", async () => {
  const { server, phone } = office();
  await phone.pack.pull();
  await phone.save();
  phone.clock.pass(14 * DAY + 1);
  assert.equal(await phone.pack.page("/customers/1"), undefined);
  phone.clock.pass(-DAY);
  assert.equal(await phone.pack.page("/customers/1"), undefined);
  assert.deepEqual(await phone.states(), ["waiting"]);
  assert.equal(await phone.pack.pull(), "fresh");
  assert.equal(await phone.pack.page("/customers/1"), "<p>1");
  assert.equal(server.user, LIN);
});

test("a clock that is turned back brings no lease back to life", async () => {
  const { phone } = office();
  await phone.pack.pull();
  phone.clock.pass(10 * DAY);
  assert.equal(await phone.pack.page("/customers/1"), "<p>1");
  phone.clock.pass(-9 * DAY);
  assert.equal(await phone.pack.page("/customers/1"), undefined);
});

test("a set whose addresses are not the server's is fetched again, once a day", async () => {
  const { server, phone } = office();
  await phone.pack.pull();
  const set = await phone.store.fact("set");
  await phone.store.turnPages(set, [], ["/customers/1"]);
  await phone.pack.pull();
  assert.equal(await phone.pack.page("/customers/1"), "<p>1");
  let asked = 0;
  server.way = () => { asked += 1; };
  await phone.store.turnPages(await phone.store.fact("set"), [], ["/customers/1"]);
  await phone.pack.pull();
  assert.equal(asked, 1);
});

test("a server that was restored is met with a whole set, and the outbox sends again", async () => {
  const { server, phone } = office();
  await phone.save();
  await phone.outbox.flush();
  await phone.pack.pull();
  server.epoch = "e2";
  server.kept.clear();
  await phone.pack.pull();
  await phone.outbox.flush();
  assert.equal(server.kept.size, 1);
});

test("a pull that comes home after its owner has signed out brings nothing back, and the next one brings everything", async () => {
  const server = new Server(), phone = new Phone(server);
  server.put("/customers", "a");
  await phone.pack.pull();
  server.put("/customers", "b");
  const cleared = { set: null, staged: null, cursor: null, edition: null, lease: null };
  server.way = async () => { server.way = null; await phone.store.forgetReading(cleared); };
  assert.equal(await phone.pack.pull(), "no");
  assert.equal(await phone.pack.page("/customers"), undefined);
  server.way = async () => { server.way = null; await phone.store.forgetReading(cleared); };
  assert.equal(await phone.pack.pull(), "no");
  assert.deepEqual([await phone.pack.page("/customers"), (await phone.store.fact("set")) ?? null], [undefined, null]);
  assert.equal(await phone.pack.pull(), "fresh");
  assert.equal(await phone.pack.page("/customers"), "b");
});
