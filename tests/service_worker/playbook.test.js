import assert from "node:assert/strict";
import { test } from "node:test";

import { page } from "../../service_worker/carried.js";

const IDS = ["01a2023a-4b28-7ae0-a387-000000000001", "01a2023a-4b28-7ae0-a387-000000000002"];
const row = (id) => `<li class="item"><div class="grow"><h3><a href="/playbook/${id}">x</a></h3></div></li>`;
const HTML = `<main><section id="all"><ul class="rows card" role="list">${IDS.map(row).join("")}</ul></section></main>`;
const UNHEARD = '<form method="post" action="/playbook/gaps"><input type="hidden" name="said" value=""><button>!</button></form>';
const TRACKS = {
  [IDS[0]]: { said: [], situation: "objection", stages: [], industries: [], levels: ["B"], personas: ["user"] },
  [IDS[1]]: { said: [], situation: "care", stages: [], industries: [], levels: [], personas: [] },
};
const mine = {
  pack: {
    page: async () => undefined,
    record: async () => ({ html: HTML, row: { tracks: TRACKS, none: "<p>none</p>", unheard: UNHEARD } }),
    list: async () => ({ moulds: { simple: "" }, rows: [] }),
  },
};
const shown = (path) => page({ now: () => 0 }, mine, path);

test("what nobody answers can be reported without a line, in the words that were typed", async () => {
  const html = await shown('/playbook?q=%E9%87%8F%E5%AD%90"<');
  assert.match(html, /name="said" value="量子&#34;&lt;"/);
  assert.doesNotMatch(html, /<li/);
});

test("the phone narrows by whom it is said to and by level; what a track leaves open fits all", async () => {
  for (const [query, wanted] of [["persona=user", [true, true]], ["persona=gatekeeper", [false, true]], ["level=B", [true, true]], ["level=F", [false, true]]]) {
    const text = await shown(`/playbook?${query}`);
    assert.deepEqual(IDS.map((id) => text.includes(id)), wanted, query);
  }
});
