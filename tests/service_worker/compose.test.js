import assert from "node:assert/strict";
import { test } from "node:test";

import { dayOf, fill, handOn, titleOf, today, userOf } from "../../service_worker/compose.js";
import { BLANK_ID, isServersOnly, scopeOf } from "../../service_worker/names.js";

const MONDAY = "2026-11-23", SUNDAY = "2026-11-22";

test("each form gets an id of its own, and the days are those of the phone", () => {
  let n = 0;
  const html = `<input value="${BLANK_ID}"><input value="${BLANK_ID}"><a href="/days/0000-00-00~2d/report"><i>0000-00-00</i>`;
  assert.equal(fill(html, { ids: () => `id${(n += 1)}`, day: MONDAY }), '<input value="id1"><input value="id2"><a href="/days/2026-11-25/report"><i>2026-11-23</i>');
});

test("Friday is that of next week, on a Monday and on a Sunday", () => {
  assert.equal(dayOf(MONDAY, undefined, "5"), "2026-12-04");
  assert.equal(dayOf(SUNDAY, undefined, "5"), "2026-11-27");
  assert.equal(dayOf(SUNDAY, undefined, "2"), "2026-11-24");
});

test("a month after the thirty-first of January is the last of February", () => {
  assert.equal(dayOf("2027-01-31", undefined, undefined, "m"), "2027-02-28");
  assert.equal(dayOf("2026-12-15", undefined, undefined, "m"), "2027-01-15");
});

test("today is the day in the reader's zone, not in Greenwich", () => {
  const evening = Date.parse("2026-11-23T17:00:00Z");
  assert.equal(today(evening, "Asia/Shanghai"), "2026-11-24");
  assert.equal(today(evening, "UTC"), "2026-11-23");
  assert.equal(today(evening, "no such zone"), "2026-11-23");
});

test("a page says whose it is and what it is called", () => {
  assert.equal(userOf('<body class="page" data-edition="x" data-user="ab12">'), "ab12");
  assert.equal(userOf('<body data-user="">'), "");
  assert.equal(userOf("<p>Welcome to the hotel"), undefined);
  assert.equal(titleOf("<title>A &amp; B · 纺机 · 登门</title>"), "A & B · 纺机");
});

test("an entry belongs to the customer of its address, and a new customer is its own", () => {
  assert.equal(scopeOf("/customers/11111111-1111-4111-8111-111111111111/reports", "x"), "11111111-1111-4111-8111-111111111111");
  assert.equal(scopeOf("/customers", "x"), "x");
  assert.equal(scopeOf("/days/2026-11-24/stops", "x"), "");
});

test("doors, administration and what decides for everybody are never put into the letterbox", () => {
  for (const path of ["/sign-in", "/sign-out", "/settings", "/settings/password", "/users/1", "/customers/import", "/reviews/quarantine/1/filing", "/playbook/1/approval", "/outbox", "/customers/1/merge"]) assert.ok(isServersOnly(path), path);
  for (const path of ["/customers", "/customers/1/reports", "/days/2026-11-24/handing-in", "/reviews/plan/1/approval", "/level-changes/1/refusal", "/complaints/1/steps", "/playbook/1/uses", "/promises/1/settlement", "/settlements"]) assert.ok(!isServersOnly(path), path);
});

test("a blank report that is opened on arriving belongs to that arrival, and takes nothing else from its address", () => {
  const html = '<form><input id="check_in_id" name="check_in_id" type="hidden" value=""><input name="stop_id" type="hidden">';
  const stop = "11111111-1111-4111-8111-111111111111", arrival = "22222222-2222-4222-8222-222222222222";
  const found = handOn(html, new URLSearchParams({ check_in: arrival, stop }));
  assert.equal(found, `<form><input id="check_in_id" name="check_in_id" type="hidden" value="${arrival}"><input name="stop_id" type="hidden" value="${stop}">`);
  assert.equal(handOn(html, new URLSearchParams({ check_in: '"><script>', other: stop })), html);
});
