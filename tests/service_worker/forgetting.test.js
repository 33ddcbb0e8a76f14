import assert from "node:assert/strict";
import { test } from "node:test";

import { Phone, Server } from "./office.js";

const HIM = "00000000-1111-4111-8111-111111111111", CUSTOMER = "22222222-2222-4222-8222-222222222222";

/** A server that also says whom to forget, and answers what is about him as taken and not kept. */
function office() {
  const server = new Server();
  server.put("/customers", "<p>all");
  server.answerTo = (entry) => (entry.action.includes(HIM) ? { result: "accepted", reason: "erased", location: "/customers" } : null);
  server.way = async (url, options) => {
    if (!url.startsWith("/field-pack") || !server.forgets) return undefined;
    const [head, ...rest] = (await (await server.answer(url, options)).text()).split("\n");
    const text = [head, JSON.stringify({ kind: "forget", ids: [HIM] }), ...rest].join("\n");
    return new Response(text, { headers: { "content-type": "application/x-ndjson", "Doorstep-Protocol": "1" } });
  };
  return { server, phone: new Phone(server) };
}

test("what has arrived about somebody who was erased leaves the phone, and nothing else does", async () => {
  const { server, phone } = office();
  await phone.save(`/customers/${CUSTOMER}/reports`, [["met", HIM], ["needs", "他说贵"]]);
  await phone.save(`/customers/${CUSTOMER}/notes`, [["text", "别的"]]);
  await phone.outbox.flush();
  server.forgets = true;
  assert.equal(await phone.pack.pull(), "fresh");
  assert.deepEqual((await phone.store.entries()).map(({ fields }) => fields[0][1]), ["别的"]);
});

test("what is unsent about him goes out, is taken and is gone; what is unsent of a visit stays", async () => {
  const { server, phone } = office();
  await phone.save(`/contacts/${HIM}`, [["name", "陈国栋"]]);
  await phone.save(`/customers/${CUSTOMER}/reports`, [["met", HIM]]);
  server.forgets = true;
  await phone.pack.pull();
  assert.equal((await phone.store.entries()).length, 2);
  await phone.outbox.flush();
  assert.deepEqual((await phone.store.entries()).map(({ action }) => action), [`/customers/${CUSTOMER}/reports`]);
});

test("a draft of his is gone, one that only names him stays without him", async () => {
  const { server, phone } = office();
  const draft = (key, entries) => phone.store.drafts.put({ key, who: 1, n: 1, at: 1, entries });
  await draft(`draft u /contacts/${HIM}/edit contact`, [["name", "陈国栋"]]);
  await draft(`draft u /customers/${CUSTOMER}/reports/new visit`, [["met", HIM], ["needs", "写了一半"]]);
  server.forgets = true;
  await phone.pack.pull();
  assert.deepEqual((await phone.store.drafts.all()).map(({ entries }) => entries), [[["needs", "写了一半"]]]);
});
