import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { conditions, matches, score, search, simplifier } from "../../service_worker/search.js";

const read = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf-8"));
const table = read("../foundation/search_table.json");
const { simple, rows } = read("./search_rows.json"); // tests/field_pack/test_search_index.py keeps it true
const simplified = simplifier(simple);

test("there is a row for each line of the table", () => assert.equal(rows.length, table.length));

for (const [n, { query, texts, found, needles = found, why }] of table.entries()) {
  test(`${JSON.stringify(query)} in ${JSON.stringify(texts)} (${why})`, () => {
    assert.equal(matches(query, rows[n].said, simplified), found, "on the texts themselves");
    assert.equal(conditions(query, simplified).every((needle) => rows[n].key.includes(needle)), needles, "on the stored key");
    assert.deepEqual(conditions(query, simplified), rows[n].needles, "the needles of the server");
    assert.equal(score(query, rows[n].key, simplified), rows[n].score, "as good as on the server");
  });
}

test("what was asked stands before what begins so, then by name", () => {
  const row = (id, key, sort) => ({ id, key, sort, said: [] });
  const list = [row("3", " 新中国石油 xinzhongguoshiyou xzgsy | ", "x"), row("1", " 中国中铁 zhongguozhongtie zgzt | ", "zz"), row("2", " 中国 zhongguo zg | ", "zg")];
  assert.deepEqual(search("中国", list, simplified).map(({ id }) => id), ["2", "1", "3"]);
  assert.equal(search("", list, simplified).length, 3);
  assert.equal(search("煤", list, simplified).length, 0);
});

test("five thousand customers are searched well within a tenth of a second", () => {
  const many = Array.from({ length: 5000 }, (_, n) => ({ ...rows[n % rows.length], id: String(n), sort: String(n % 97) }));
  const slowest = Math.max(...["zgsy", "中国", "wang钢", "8888"].map((query) => {
    search(query, many, simplified);
    const start = performance.now();
    search(query, many, simplified);
    return performance.now() - start;
  }));
  assert.ok(slowest < 100, `${slowest} ms`);
});
