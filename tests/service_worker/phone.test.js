import assert from "node:assert/strict";
import { test } from "node:test";
import { IDBFactory, IDBKeyRange } from "fake-indexeddb";

import { Phone } from "../../service_worker/phone.js";
import { LIN, SUN, Server, id } from "./office.js";

const SAID = [["said", "好"]], ACTION = "/customers/11111111-1111-4111-8111-111111111111/reports";

function office() {
  const server = new Server(), indexedDB = new IDBFactory(), told = [];
  server.put("/customers", "<p>");
  server.ahead = 0; // how far the phone's clock is before ours, ms
  const phone = new Phone({
    indexedDB, IDBKeyRange, now: () => server.clock.now() + server.ahead, ids: id, random: () => 0.5, build: "b1", tell: (word) => told.push(word), ready: async () => {},
    fetch: (url, options) => (url === "/sign-out" ? server.signOut() : server.fetch(url, options)),
  });
  server.signOut = () => { server.user = null; return new Response(null, { status: 204 }); };
  return { server, phone, told };
}

test("before anybody has signed in nothing is kept and nothing is asked", async () => {
  const { server, phone } = office();
  server.way = () => assert.fail("asked");
  assert.equal(await phone.look(), "no");
  await phone.flush(true);
  assert.deepEqual(await phone.state(), { user: "" });
});

test("a page tells who is signed in; the session that is over changes nobody's turn", async () => {
  const { server, phone } = office();
  await phone.learn(LIN);
  assert.equal(await phone.look(), "fresh");
  server.way = () => new Response("", { status: 401 });
  assert.equal(await phone.look(true), "signed out");
  const { user, out, whole } = await phone.state();
  assert.deepEqual([user, Boolean(out), whole], [LIN, true, true]);
});

test("a phone on which nothing waits knows that nobody answers, too, and for how long", async () => {
  const { server, phone } = office(), line = async () => { const { failures, out } = await phone.state(); return [failures > 0, Boolean(out)]; };
  await phone.learn(LIN);
  await phone.look();
  assert.deepEqual(await line(), [false, false]);
  server.clock.pass(60_000);
  server.way = () => { throw new TypeError("Failed to fetch"); };
  assert.equal(await phone.look(true), "no");
  assert.deepEqual(await line(), [true, false]);
  server.way = () => new Response("", { status: 401 });
  await phone.look(true);
  assert.deepEqual(await line(), [false, true]);
  server.way = null;
  await phone.look(true);
  assert.deepEqual(await line(), [false, false]);
});

test("another person's session opens another drawer, and the pages are told", async () => {
  const { server, phone, told } = office();
  await phone.learn(LIN);
  await phone.look();
  await (await phone.mine()).outbox.capture({ id: id(), action: ACTION, fields: SAID, form: "" });
  server.user = SUN;
  assert.equal(await phone.look(true), "not ours");
  assert.ok(told.some(({ kind }) => kind === "somebody else"));
  assert.deepEqual([(await phone.state()).user, (await phone.state()).waiting, server.kept.size], [SUN, 0, 0]);
});

test("when another signs in, what the one before could read is gone and what he wrote stays; if he comes back himself, both are there", async () => {
  const { server, phone } = office();
  await phone.learn(LIN);
  await phone.look();
  await (await phone.mine()).outbox.capture({ id: id(), action: ACTION, fields: SAID, form: "" });
  const drawer = await phone.mine(), state = async () => [(await drawer.pack.urls()).length, (await drawer.store.entries()).length];
  await phone.leave();
  await phone.learn(LIN);
  assert.deepEqual(await state(), [1, 1]);
  await phone.leave();
  server.user = SUN;
  await phone.learn(SUN);
  assert.deepEqual(await state(), [0, 1]);
});

test("signed out without a line: pages gone, the unsent sealed, and the server told before anything else", async () => {
  const { server, phone } = office();
  await phone.learn(LIN);
  await phone.look();
  await (await phone.mine()).outbox.capture({ id: id(), action: ACTION, fields: SAID, form: "" });
  await phone.close(true);
  await phone.learn(LIN); // a page of the session that is not to be
  assert.equal((await phone.state()).user, "");
  assert.equal(await phone.settle(), true);
  assert.equal(server.user, null);
  server.user = LIN;
  await phone.learn(LIN);
  const { waiting, whole } = await phone.state();
  assert.deepEqual([waiting, whole], [1, false]);
  await phone.flush(true);
  assert.equal(server.kept.size, 1);
});

test("what was said once is not said again, and not long afterwards", async () => {
  const { server, phone } = office();
  await phone.learn(LIN);
  const { store } = await phone.mine();
  await store.setFacts({ notice: { kind: "kept", entry: "x", at: server.clock.at } });
  assert.equal((await phone.takeNotice()).kind, "kept");
  assert.equal(await phone.takeNotice(), null);
  await store.setFacts({ notice: { kind: "kept", entry: "x", at: server.clock.at } });
  server.clock.pass(60_000);
  assert.equal(await phone.takeNotice(), null);
});

test("signed in again, what was parked goes by itself", async () => {
  const { server, phone } = office();
  await phone.learn(LIN);
  server.user = null;
  await (await phone.mine()).outbox.capture({ id: id(), action: ACTION, fields: SAID, form: "" });
  await phone.flush(true);
  assert.equal((await phone.state()).parked, true);
  server.user = LIN;
  await phone.learn(LIN);
  await phone.flush();
  assert.equal(server.kept.size, 1);
});

test("a clock that was a fortnight ahead and is set right takes the pages away once; the next look brings them back", async () => {
  const { server, phone } = office();
  await phone.learn(LIN);
  server.ahead = 15 * 86_400_000;
  assert.equal(await phone.look(), "fresh");
  server.ahead = 0;
  server.clock.pass(60_000);
  assert.equal((await phone.state()).over, true);
  assert.equal(await phone.look(), "fresh");
  assert.deepEqual([(await phone.state()).over, await (await phone.mine()).pack.urls()], [false, ["/customers"]]);
});
