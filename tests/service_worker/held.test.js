import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { DAY, MINUTE } from "../../service_worker/names.js";
import { sumOf } from "../../service_worker/held.js";
import { Phone, Server } from "./office.js";

const TABLE = JSON.parse(readFileSync(new URL("../field_pack/held_table.json", import.meta.url)));
const HOUR = 60 * MINUTE;

/** A phone with three customers, after its first pull; `asked`: each later one. */
async function carrying() {
  const server = new Server(), phone = new Phone(server), asked = [];
  for (const name of "abc") server.put(`/customers/${name}`, `<p>${name}`);
  await phone.pack.pull();
  server.way = (url) => { asked.push(url); };
  return { server, phone, asked, set: () => phone.store.fact("set"), change: async (...what) => phone.store.turnPages(await phone.store.fact("set"), ...what) };
}

test("phone and server make the same number of the same addresses, in whatever order", () => {
  for (const { urls, held } of TABLE) assert.deepEqual([urls.length, sumOf(urls)], held);
  for (const { urls, held } of TABLE) assert.equal(sumOf([...urls].reverse()), held[1]);
});

test("a page that is lost is found with the next pull, and which ones there are is looked at once an hour", async () => {
  const { phone, asked, change } = await carrying();
  let looks = 0;
  const urls = phone.store.urls.bind(phone.store);
  phone.store.urls = (set) => { looks += 1; return urls(set); };
  for (let n = 0; n < 5; n += 1) await phone.pack.pull();
  assert.deepEqual([asked.length, looks], [5, 0]);
  await change([], ["/customers/a"]);
  await phone.pack.pull();
  assert.deepEqual([asked.length, looks, await phone.pack.page("/customers/a")], [7, 0, "<p>a"]);
  phone.clock.pass(HOUR);
  for (let n = 0; n < 3; n += 1) await phone.pack.pull();
  assert.deepEqual([asked.length, looks], [10, 1]);
});

test("a page that stands for another one is found within the hour", async () => {
  const { phone, asked, change } = await carrying();
  await change([{ url: "/customers/d", html: ["<p>d"] }], ["/customers/a"]);
  await phone.pack.pull();
  assert.equal(asked.length, 1);
  phone.clock.pass(-HOUR); // a clock that was ahead, and is set right
  await phone.pack.pull();
  assert.deepEqual([asked.length, await phone.pack.page("/customers/a"), await phone.pack.page("/customers/d")], [3, "<p>a", undefined]);
});

for (const [what, tail] of [["a server of before", ""], ["a server that does not know", ',"held":""']]) {
  test(`${what}: the phone keeps what it has`, async () => {
    const { server, phone, asked, change } = await carrying();
    const { way } = server;
    server.way = async (url, options) => {
      way(url);
      return new Response((await (await server.answer(url, options)).text()).replace(/,"held":\[.*?\]/, tail), { headers: { "Doorstep-Protocol": "1" } });
    };
    await change([], ["/customers/a"]);
    phone.clock.pass(DAY);
    assert.equal(await phone.pack.pull(), "fresh");
    assert.equal(asked.length, 1);
  });
}
