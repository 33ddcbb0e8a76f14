import assert from "node:assert/strict";
import { test } from "node:test";
import { IDBFactory, IDBKeyRange } from "fake-indexeddb";

import { opened, tellOpened } from "../../service_worker/opened.js";
import { Phone } from "../../service_worker/phone.js";
import { LIN, Server, id, offline } from "./office.js";

const PATH = "/reviews/visit/11111111-1111-4111-8111-111111111111/opening", MINUTE = 60_000;

async function desk() {
  const server = new Server(), said = [], waits = [];
  server.put("/customers", "<p>");
  const phone = new Phone({
    indexedDB: new IDBFactory(), IDBKeyRange, now: server.clock.now, ids: id, random: () => 0.5, build: "b1", tell() {}, ready: async () => {},
    fetch: async (url, options) => {
      if (!String(url).endsWith("/opening")) return server.fetch(url, options);
      const answer = server.way ? server.way() : new Response(null, { status: 204 });
      if (answer.status === 204) said.push([url, Object.fromEntries(options.body)]);
      return answer;
    },
  });
  await phone.learn(LIN);
  await phone.look();
  const open = async (path = PATH) => { const answer = await opened(phone, { url: `https://phone${path}` }, (work) => waits.push(work)); await Promise.all(waits); return answer.status; };
  return { server, phone, said, open };
}

test("what is opened where there is a line is told at once, of a page that was asked after just now", async () => {
  const { server, said, open } = await desk();
  server.clock.pass(MINUTE);
  assert.equal(await open(), 204);
  assert.deepEqual(said, [[PATH, { ago: "0", fresh: "0" }]]);
});

test("without a line it waits for the next word that gets through; the first time counts, however often it was opened", async () => {
  const { server, phone, said, open } = await desk();
  server.way = offline;
  server.clock.pass(10 * MINUTE);
  assert.equal(await open(), 204);
  server.clock.pass(5 * MINUTE);
  await open();
  await open(PATH.replace("visit", "daily"));
  await tellOpened(phone);
  assert.deepEqual(said, []);
  server.clock.pass(5 * MINUTE);
  server.way = null;
  await tellOpened(phone);
  assert.deepEqual(said, [[PATH, { ago: "600", fresh: "1200" }], [PATH.replace("visit", "daily"), { ago: "300", fresh: "1200" }]]);
  await tellOpened(phone);
  assert.equal(said.length, 2);
});

test("a hotel's page and a session that is over are no answer; what is not there any more is told to nobody", async () => {
  const { server, phone, said, open } = await desk();
  server.way = () => new Response("<p>Welcome", { status: 200 });
  await open();
  server.way = () => new Response("", { status: 401 });
  await tellOpened(phone);
  server.way = () => new Response("", { status: 404 });
  await tellOpened(phone);
  server.way = null;
  await tellOpened(phone);
  assert.deepEqual(said, []);
});
