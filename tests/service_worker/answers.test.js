import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { standing, worth } from "../../static/js/answers/standing.js";
import { customers, own } from "../../static/js/answers/taps.js";
import { best } from "../../static/js/suggested.js";

const table = JSON.parse(readFileSync(new URL("../playbook/standing_table.json", import.meta.url), "utf-8"));
const MILL = { id: "mill", level: "C", industry: "纺织", role: "user" }, SHOP = { id: "shop", level: "B", industry: "超市" }, KNOWN = [MILL, SHOP], NOW = Date.parse("2026-11-24T06:00:00Z");
const tap = (seq, outcome, { track = "t", customer = "mill", state = "waiting", at = 0, hour = 5 } = {}) => ({
  seq, state, answer: at ? { at } : null, action: `/playbook/${track}/uses`, scope: "", made_at: new Date(NOW - (6 - hour) * 3_600_000).toISOString(),
  fields: [["submission_id", "x"], ["outcome", outcome], ...(customer ? [["customer", customer]] : [])],
});
const counted = (entries, pulled = 0, of = MILL) => {
  const { taps, today } = own(entries, pulled, KNOWN, of?.id ?? "", NOW);
  return { went: standing(taps.t ?? [], of ? [of.level, of.industry, of.role] : undefined), today };
};

for (const { why, of, lines, order } of table) {
  test(why, () => {
    const value = Object.fromEntries(lines.map(({ name, cells }) => [name, worth(standing(cells, [of.level, of.industry, of.role]))]));
    assert.deepEqual(Object.keys(value).sort((a, b) => value[b] - value[a]), order);
  });
}

test("what was tapped without a line counts at once, and once it has been pulled no more", () => {
  assert.deepEqual(counted([tap(1, "worked")]), { went: { worked: 1, half: 0, flat: 0 }, today: { t: "worked" } });
  assert.equal(counted([tap(1, "worked", { state: "delivered", at: 50 })], 40).went.worked, 1);
  const pulled = counted([tap(1, "worked", { state: "delivered", at: 50 })], 60);
  assert.deepEqual([pulled.went.worked, pulled.today.t], [0, "worked"]);
});

test("a second thought takes the place of the first, also of one that the server counts already", () => {
  assert.deepEqual(counted([tap(1, "flat"), tap(2, "half"), tap(3, "worked")]).went, { worked: 1, half: 0, flat: 0 });
  const { taps } = own([tap(1, "flat", { state: "delivered", at: 50 }), tap(2, "worked")], 60, KNOWN, "mill", NOW);
  assert.deepEqual(standing([["C", "纺织", "user", 0, 0, 1], ...taps.t]), { worked: 1, half: 0, flat: 0 });
});

test("another day, another customer and another line are uses of their own", () => {
  const said = [tap(1, "worked", { hour: -30 }), tap(2, "worked"), tap(3, "worked", { customer: "shop" }), tap(4, "flat", { track: "u" })];
  assert.equal(counted(said, 0, null).went.worked, 3);
  assert.deepEqual(own(said, 0, KNOWN, "mill", NOW).today, { t: "worked", u: "flat" });
});

test("what a report says of a line counts too", () => {
  const report = { seq: 1, state: "waiting", action: "/customers/mill/reports", scope: "mill", made_at: new Date(NOW).toISOString(), fields: [["track_id", "t"], ["track_outcome", "half"]] };
  assert.equal(counted([report]).went.half, 1);
  assert.equal(counted([{ ...report, fields: [["track_id", "t"], ["track_outcome", "unused"]] }]).went.half, 0);
});

test("what was tapped at another customer counts with his kind; one written down on the road has one too", () => {
  const found = { seq: 0, id: "new", state: "waiting", action: "/customers", scope: "new", fields: [["name", "江北"], ["level", ""], ["industry", "超市"]] };
  const { taps } = own([found, tap(1, "worked", { customer: "shop" }), tap(2, "half", { customer: "new" }), tap(3, "flat", { customer: "nobody knows" })], 0, customers(KNOWN, [found]), "mill", NOW);
  assert.deepEqual(taps.t, [["B", "超市", "", 1, 0, 0], ["E", "超市", "", 0, 1, 0], ["", "", "", 0, 0, 1]]);
});

test("a line that is not for him gives way to the next until it has worked with him, one that fell flat as long as there is another", () => {
  const unfit = (seq, track, more) => ({ ...tap(seq, "", more), action: `/playbook/${track}/misfits` });
  const shown = (...entries) => best(["t", "u"], entries, "mill", 40);
  assert.equal(shown(), "t");
  assert.equal(shown(unfit(1, "t")), "u");
  assert.equal(shown(unfit(1, "t", { customer: "shop" })), "t");
  assert.equal(shown(unfit(1, "t", { state: "delivered", at: 30 })), "t"); // the card that came after it knows
  assert.equal(shown(unfit(1, "t"), tap(2, "worked")), "t");
  assert.equal(shown(unfit(1, "t"), unfit(2, "u")), undefined);
  assert.equal(shown(tap(1, "flat")), "u");
  assert.equal(shown(tap(1, "flat"), unfit(2, "u")), "t");
});
