import assert from "node:assert/strict";
import { test } from "node:test";

import { carried, page } from "../../service_worker/carried.js";
import { esc, fewer, narrowed, weave } from "../../service_worker/compose.js";
import { NOBODY, REJECTED } from "../../service_worker/names.js";
import { rowsOf } from "../../service_worker/stranger.js";
import { Phone, Server, id } from "./office.js";

const PARTS = {
  frame: "<html lang=\"zh-CN\"><body data-zone=\"Asia/Shanghai\">⟦bar⟧<div id=\"rows\">⟦rows⟧</div>⟦blank⟧", bar: "<h1>⟦title⟧</h1>", title: "客户", found: "找到的", group: "<ul>⟦rows⟧</ul>", group_all: "<ul>⟦rows⟧</ul>",
  not_found: "没找到⟦q⟧", none_at_all: "没有",
};
const CARD = `<h1>⟦title⟧</h1><p data-of="phone">⟦phone⟧</p><p data-of="note">⟦note⟧</p><a href="/customers/${NOBODY}/reports/new">`;
const ROW = { html: '<li><a href="⟦href⟧">⟦title⟧</a><p class="note">⟦person⟧</p>⟦mind⟧</li>', minds: [["", "还没到服务器"]] };

/** A phone with a pack of these pages, the list's parts and one customer of its own. */
async function carrier() {
  const phone = new Phone(new Server());
  await phone.store.turnPages("s", [
    { url: "!moulds", html: { lines: [], parts: PARTS, simple: "紡纺", alone: true } }, { url: "/customers", html: '<html lang="zh-CN"><body data-zone="Asia/Shanghai">list' },
    { url: `/customers/${NOBODY}?level=B`, html: CARD, row: ROW }, { url: `/customers/${NOBODY}?level=E`, html: CARD, row: ROW }, { url: `/customers/${NOBODY}/reports/new`, html: `<form action="/customers/${NOBODY}/reports"><h1>⟦title⟧</h1>` },
    { url: `/days/2000-01-01/stops/new?add=${NOBODY}`, html: `<html lang="en"><p>⟦day⟧</p><h1>⟦title⟧</h1><p data-of="soon">⟦soon⟧</p><form action="/days/2000-01-01/stops"><input name="customer_id" value="${NOBODY}"><input name="objective" value="">` },
    { url: "/customers/c1", html: "known", row: { html: ROW.html, minds: [["", "a"], ["2026-11-25", "b"]] },
      index: { id: "c1", name: "恒润", level: "A", key: " 恒润 hengrun hr | ", sort: "恒润", said: ["恒heng 润run"], stage: "search", step: "送样", turn: ["2026-11-27", "刚联系过"] } },
  ], [], { set: "s", lease: phone.clock.at + 1e9, seen: phone.clock.at, offset: 0, pulled: phone.clock.at });
  phone.now = phone.clock.now;
  return phone;
}

const found = (phone, fields = {}) => phone.save("/customers", Object.entries({ name: "润明<阀门>", level: "B", phone: "0512-6666", contact_name: "许工", ...fields }));

test("an empty hole takes its element along, a filled one keeps it, and one that nobody knows stays", () => {
  assert.equal(weave('<p class="x">⟦a⟧</p><p id="k">⟦a⟧</p><b>⟦b⟧</b>⟦c⟧', { a: "", b: esc("<&'") }), '<p id="k"></p><b>&lt;&amp;&#39;</b>⟦c⟧');
});

test("a customer found on the road has a card, forms and a row at once", async () => {
  const phone = await carrier(), entry = await found(phone), url = `/customers/${entry.id}`;
  const card = await carried(phone, phone, url);
  assert.equal(card, `<h1>润明&lt;阀门&gt;</h1><p data-of="phone">0512-6666</p><a href="${url}/reports/new">`);
  assert.match(await page(phone, phone, `${url}/reports/new`), new RegExp(`action="${url}/reports"`));
  const list = await carried(phone, phone, "/customers?q=阀门");
  assert.ok(list.includes(`href="${url}"`) && list.includes("许工") && list.includes("还没到服务器") && !list.includes("恒润"));
  assert.match(await carried(phone, phone, "/customers"), /润明/);
  for (const q of ["6666", "许工", "run"]) assert.ok((await carried(phone, phone, `/customers?q=${q}`)).includes(url), q);
});

test("the pinyin of a new name is known as far as its signs stand in other names", () => {
  const [row] = rowsOf([{ id: "x", name: "润恒", title: "润恒", level: "E" }], [{ said: ["恒heng 润run"] }]);
  assert.ok(row.key.includes(" runheng ") && row.key.includes(" rh "));
});

test("once his card has come he is a customer like any other, and one who went elsewhere does not come back", async () => {
  const phone = await carrier(), entry = await found(phone), server = phone.server;
  phone.clock.pass(1000);
  await phone.outbox.flush({ now: true });
  assert.match(await carried(phone, phone, `/customers/${entry.id}`), /润明/);
  phone.clock.pass(1000);
  await phone.store.setFacts({ pulled: phone.clock.at });
  assert.equal(await carried(phone, phone, `/customers/${entry.id}`), undefined);
  assert.ok(!(await carried(phone, phone, "/customers?q=阀门")).includes(entry.id));
});

test("the form of a plan is of the day and the customer that its address names", async () => {
  const phone = await carrier(), form = await carried(phone, phone, "/days/2026-11-24/stops/new?add=c1");
  assert.equal(form, '<html lang="en"><p>Tue 24 Nov</p><h1>恒润</h1><p data-of="soon">刚联系过</p><form action="/days/2026-11-24/stops"><input name="customer_id" value="c1"><input name="objective" value="送样">');
  assert.ok(!(await carried(phone, phone, "/days/2026-11-27/stops/new?add=c1")).includes("soon"));
  assert.equal(await carried(phone, phone, "/days/2026-11-24/stops/new?add=nobody"), undefined);
});

test("what is written about a customer waits until he is taken in, and follows him under another id", async () => {
  const phone = await carrier(), entry = await found(phone);
  const report = await phone.save(`/customers/${entry.id}/reports`), plan = await phone.save("/days/2026-11-24/stops", [["customer_id", entry.id]]), other = await phone.save();
  phone.server.answerTo = ({ id: sent, scope }) => (sent === entry.id ? { result: "rejected", errors: { name: ["?"] } } : scope === entry.id ? { result: "retry_later", reason: "order" } : null);
  await phone.outbox.flush({ now: true });
  const states = async () => Object.fromEntries((await phone.store.entries()).map((one) => [one.id, one.state]));
  assert.deepEqual([(await states())[entry.id], (await states())[report.id], (await states())[other.id]], [REJECTED, "waiting", "delivered"]);
  phone.server.answerTo = () => null;
  await phone.outbox.flush({ now: true });
  assert.deepEqual(phone.server.order.map(({ id: sent }) => sent), [other.id]);

  const mended = await phone.outbox.capture({ id: id(), action: "/customers", fields: [["name", "明川阀门"]], form: "", replaces: entry.id });
  await phone.outbox.flush({ now: true });
  const sent = new Map(phone.server.order.map((one) => [one.id, one]));
  assert.equal(sent.get(report.id).action, `/customers/${mended.id}/reports`);
  assert.deepEqual([sent.get(plan.id).fields, sent.get(plan.id).scope], [[["customer_id", mended.id]], mended.id]);
  assert.deepEqual(phone.server.order.map(({ id: one }) => one), [other.id, report.id, plan.id, mended.id].sort((a, b) => [other.id, mended.id, report.id, plan.id].indexOf(a) - [other.id, mended.id, report.id, plan.id].indexOf(b)));
});

test("filters that are set stay in every chip, a second tap takes one away; rows that do not answer go, and empty sections with them", () => {
  const chips = '<a class="chip" href="/list?a=1">A</a><a class="chip" href="/list?b=2" aria-current="true">B</a><a class="chip" href="/other?c=3">C</a>';
  assert.equal(narrowed(chips, new URLSearchParams("a=1&z=9"), "/list"), '<a class="chip" href="/list?z=9" aria-current="true">A</a><a class="chip" href="/list?a=1&amp;z=9&amp;b=2">B</a><a class="chip" href="/other?c=3">C</a>');
  const id1 = "11111111-1111-4111-8111-111111111111", id2 = id1.replaceAll("1", "2"), item = (one) => `<li class="item"><a href="/t/${one}">x</a></li>`;
  const html = `<main><section><ul class="rows card" role="list">${item(id1)}</ul></section><section><h3 class="note"></h3><ul class="rows card" role="list">${item(id2)}</ul></section></main>`;
  assert.equal(fewer(html, (one) => one === id2, "none"), `<main><section><h3 class="note"></h3><ul class="rows card" role="list">${item(id2)}</ul></section></main>`);
  assert.equal(fewer(html, (one) => one === id1, "none"), `<main><section><ul class="rows card" role="list">${item(id1)}</ul></section>none</main>`); // one that waits is not one to say
  assert.equal(fewer(html, () => false, "none"), "<main>none</main>");
});
