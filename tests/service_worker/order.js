/* Puts lines in order as a phone does, for tests/field_pack/test_answers_on_phone.py: reads {tracks, simple, asks: [[said, of]]}
   from standard input, writes the titles of [lines, also] for each. */
import { readFileSync } from "node:fs";

import { simplifier } from "../../service_worker/search.js";
import { answers } from "../../static/js/answers/order.js";

const { tracks, simple, asks } = JSON.parse(readFileSync(0, "utf-8")), titles = (some) => some.map(({ title }) => title);
process.stdout.write(JSON.stringify(asks.map(([said, of]) => {
  const { lines, also } = answers(tracks, said, of, {}, simplifier(simple));
  return [titles(lines), titles(also)];
})));
