import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { answerPage, answerPart } from "../../service_worker/pages.js";

const HOUSE = "https://house", CARD = "/customers/11111111-1111-4111-8111-111111111111";
const PAGES = { [CARD]: "card", [`${CARD}/history`]: "history", "/promises": "open", "/promises?settled=1": "settled", [`${CARD}/reports/new?mode=hallway`]: "hallway" };
const pack = { page: async (url) => PAGES[url], record: async () => undefined, list: async () => undefined, urls: async () => Object.keys(PAGES) };
const mine = { pack, store: { fact: async () => null, entries: async () => [] } };
const phone = { mine: async () => mine, look: async () => {}, settle: async () => true, now: () => Date.now(), tell() {}, show: (html, status = 200) => new Response(html, { status }) };

globalThis.location = { origin: HOUSE };
const original = globalThis.fetch;
afterEach(() => { globalThis.fetch = original; });

/** What comes for this address where there is no line: its text, or where it leads. */
async function comes(path, answer = answerPage) {
  globalThis.fetch = async () => { throw new TypeError("Failed to fetch"); };
  PAGES["/offline"] = "stand-in";
  const response = await answer(phone, { url: HOUSE + path, mode: "navigate" }, () => {});
  return response.headers.get("Location")?.replace(HOUSE, "") ?? ((await response.text()) || response.status);
}

test("what others have hung on an address leads to the page without it", async () => {
  assert.equal(await comes(CARD), "card");
  for (const hung of ["utm=1", "utm_source=wechat&utm_medium=group", "from=singlemessage&isappinstalled=0", "nsukey=%2F%3D", "%E6%9D%A5=1", "fbclid"]) assert.equal(await comes(`${CARD}?${hung}`), CARD);
  assert.equal(await comes(`${CARD}/reports/new?utm=1&mode=hallway&from=timeline`), `${CARD}/reports/new?mode=hallway`);
  assert.equal(await comes("/promises?settled=1&utm=1"), "/promises?settled=1");
});

test("what a page is asked keeps its meaning: no other page is shown for it", async () => {
  assert.equal(await comes("/promises?settled=1"), "settled");
  assert.equal(await comes("/promises?page=2"), "stand-in");
  assert.equal(await comes(`${CARD}/history?before=2026-01-01&utm=1`), "stand-in");
  assert.equal(await comes("/nothing?utm=1"), "stand-in");
});

test("with a line, too, the phone's own page is shown at once", async () => {
  globalThis.fetch = () => assert.fail("asked");
  assert.equal((await answerPage(phone, { url: `${HOUSE}${CARD}?utm=1`, mode: "navigate" }, () => {})).status, 302);
});

test("a part that comes by itself and cannot come changes nothing; one that somebody has asked for says so", async () => {
  const part = (path) => comes(path, async (...asked) => answerPart(...asked).then((response) => (response.type === "error" ? new Response("error") : response)));
  assert.equal(await part("/threads/visit/1"), 204);
  assert.equal(await part("/reviews/phones"), 204);
  assert.equal(await part("/playbook?q=phones"), "error");
  assert.equal(await part("/customers?q=threads"), "error");
});
