/* Lays pages together as a phone does, for tests/field_pack/test_on_the_phone.py: reads {moulds, simple, rows, cards, day,
   lang, asks} from standard input, writes {ask: page}. */
import { readFileSync } from "node:fs";

import { listPage } from "../../service_worker/list.js";

const { moulds, rows, cards, day, lang, asks } = JSON.parse(readFileSync(0, "utf-8"));
const means = { day, lang, cards: async (ids) => ids.map((id) => cards[id]) }, pages = {};
for (const ask of asks) pages[ask] = await listPage({ rows, moulds }, new URLSearchParams(ask), means);
process.stdout.write(JSON.stringify(pages));
