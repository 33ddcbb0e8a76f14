import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { drawn } from "../../static/js/worth/chart.js";
import { reckon, rowWorth } from "../../static/js/worth/rules.js";
import { brief, money, number } from "../../static/js/worth/typed.js";

const table = JSON.parse(readFileSync(new URL("../worth/cases.json", import.meta.url), "utf-8"));
const plain = ({ by_year, ...bill }) => bill;
const told = (answer) => answer && { ours: plain(answer.ours), theirs: plain(answer.theirs), saved: answer.saved, even: answer.even };

for (const { name, sums, answer } of table.cases) test(`${name} comes out as worked by hand`, () => assert.deepEqual(told(reckon(sums)), answer));

for (const row of table.rows) test(`${JSON.stringify(row)} in money`, () => assert.equal(rowWorth(row.ours, row.theirs, row.cents), row.worth));

for (const want of table.charts) test(`the lines of ${want.of} are drawn where they belong`, () => {
  const chart = drawn(reckon(table.cases.find(({ name }) => name === want.of).sums));
  assert.deepEqual([chart.step, chart.years], [want.step, want.years]);
  for (const line of ["ours", "theirs", "dot"]) assert.ok(chart[line].startsWith(want[`${line}_starts`]) && Boolean(chart[line]) === Boolean(want[`${line}_starts`]), chart[line]);
});

for (const { typed, means } of table.numbers) test(`${JSON.stringify(typed)} means ${means}`, () => assert.equal(number(typed), means));

test("sums read as the house writes them", () => {
  assert.deepEqual([12345600, 1250, -30000, 0, 5].map(money), ["¥123,456", "¥12.50", "-¥300", "¥0", "¥0.05"]);
  assert.deepEqual(["zh-CN", "zh-Hant", "en"].map((lang) => brief(17880000, lang)), ["17.9万", "17.9萬", "178.8K"]);
});
