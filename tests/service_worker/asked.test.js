// What was answered on this phone and the pages do not know yet.
import { test } from "node:test";
import assert from "node:assert/strict";

import { answered } from "../../static/js/asked.js";

const entry = (action, fields, more = {}) => ({ seq: 1, state: "waiting", action, fields: Object.entries(fields), ...more });
const tap = (id, outcome, more) => entry(`/attention/${id}/confirmations`, { outcome }, more);
const visit = (asked, more) => entry("/customers/1/reports", { purpose: "service", asked }, more);

test("a tap at the door and an answer in a report are both answers", () => {
  assert.deepEqual([...answered([tap("a", "still"), visit("changed.b")], 0)], [["a", "still"], ["b", "changed"]]);
});

test("the later one counts", () => {
  assert.equal(answered([visit("changed.a", { seq: 7 }), tap("a", "still", { seq: 3 })], 0).get("a"), "changed");
});

test("what has arrived before the page is in the page, and what was refused has not been said", () => {
  const there = { state: "delivered", answer: { at: 50 } };
  assert.equal(answered([tap("a", "still", there)], 60).size, 0);
  assert.equal(answered([tap("a", "still", there)], 40).size, 1);
  assert.equal(answered([tap("a", "still", { state: "rejected" }), tap("a", "still", { state: "conflict" })], 0).size, 0);
});

test("other forms say nothing of it", () => {
  assert.equal(answered([entry("/attention/a/uses", { outcome: "flat" }), visit(undefined), visit("")], 0).size, 0);
});
