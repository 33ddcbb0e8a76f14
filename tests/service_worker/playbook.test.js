import assert from "node:assert/strict";
import { test } from "node:test";

import { page } from "../../service_worker/carried.js";

const IDS = ["01a2023a-4b28-7ae0-a387-000000000001", "01a2023a-4b28-7ae0-a387-000000000002"];
const row = (id) => `<li class="item"><div class="grow"><h3><a href="/playbook/${id}">x</a></h3></div></li>`;
const HTML = `<main><section id="all"><h3 class="note">x</h3><ul class="rows card" role="list">${IDS.map(row).join("")}</ul></section></main>`;
const HEARD = '<main><h2>⟦said⟧</h2><div data-of="⟦of⟧"></div><form method="post" action="/playbook/gaps"><input type="hidden" name="said" value="⟦said⟧"></form><a href="/playbook/00000000-0000-4000-8000-000000000001">…</a></main>';
const TRACKS = { [IDS[0]]: { situation: ["objection"], level: ["B"], persona: ["user"] }, [IDS[1]]: { situation: ["care"] } };
const MILL = { id: "01a2023a-4b28-7ae0-a387-00000000000c", level: "C" };
const mine = {
  pack: {
    page: async () => undefined,
    record: async (url) => (url === "/playbook" ? { html: HTML, row: { tracks: TRACKS, none: "<p>none</p>" } } : { html: HEARD }),
    list: async () => ({ rows: [MILL] }),
  },
};
const shown = (path) => page({ now: () => 0 }, mine, path);

test("what was said stands in the page that is carried for any question, and whom it is for", async () => {
  const html = await shown('/playbook?q=%E9%87%8F%E5%AD%90"<');
  assert.match(html, /name="said" value="量子&#34;&lt;"/);
  assert.match(html, /data-of=""/);
  const his = await shown(`/playbook?q=tg&customer=${MILL.id}`);
  assert.match(his, new RegExp(`data-of="${MILL.id}"`));
  assert.match(his, new RegExp(`href="/playbook/00000000-0000-4000-8000-000000000001\\?customer=${MILL.id}"`));
});

test("the phone narrows by whom it is said to and by level; what a track leaves open fits all", async () => {
  for (const [query, wanted] of [["persona=user", [true, true]], ["persona=gatekeeper", [false, true]], ["level=B", [true, true]], ["level=F", [false, true]], ["situation=care", [false, true]]]) {
    const text = await shown(`/playbook?${query}`);
    assert.deepEqual(IDS.map((id) => text.includes(id)), wanted, query);
  }
});
