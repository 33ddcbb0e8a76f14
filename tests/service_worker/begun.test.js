import assert from "node:assert/strict";
import { test } from "node:test";

import { begun, shown } from "../../service_worker/begun.js";
import { Phone, Server } from "./office.js";

const FORM = "/customers/11111111-1111-4111-8111-111111111111/reports/new", START = { referrer: "" }, MINUTE = 60_000;

/** Lin writes this form; then her phone is started again. */
async function begins(page = FORM) {
  const server = new Server(), mine = new Phone(server);
  server.put(FORM, "<form>");
  await mine.pack.pull();
  const phone = { now: server.clock.now, alone: true, isAlone: async () => phone.alone };
  await mine.store.drafts.put({ key: `draft lin ${FORM} visit`, href: FORM, at: server.clock.now(), who: 1, n: 1, entries: [["needs", "停机"]] });
  await shown(mine, page);
  mine.restart();
  return { server, mine, phone };
}

test("who starts the app after it died under a form comes back to the form, within half an hour", async () => {
  const { server, mine, phone } = await begins();
  assert.equal(await begun(phone, mine, START), FORM);
  server.clock.pass(29 * MINUTE);
  assert.equal(await begun(phone, mine, START), FORM);
  server.clock.pass(2 * MINUTE);
  assert.ok(!(await begun(phone, mine, START)));
});

test("who had left the form, or comes from another page, is left in peace", async () => {
  const left = await begins("/customers");
  assert.ok(!(await begun(left.phone, left.mine, START)));
  const { mine, phone } = await begins();
  assert.ok(!(await begun(phone, mine, { referrer: "https://phone/customers" })));
  await mine.store.drafts.drop(`draft lin ${FORM} visit`);
  assert.ok(!(await begun(phone, mine, START)));
});

test("a second window begins where it was asked to", async () => {
  const { mine, phone } = await begins();
  phone.alone = false;
  assert.ok(!(await begun(phone, mine, START)));
});

test("a form that the phone does not carry any more is not gone to", async () => {
  const { server, mine, phone } = await begins();
  server.pages.delete(FORM);
  await mine.store.forgetPages({ set: null });
  assert.ok(!(await begun(phone, mine, START)));
});
