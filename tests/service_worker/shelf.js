/* Narrows the playbook as a phone does, for tests/field_pack/test_shelf_on_phone.py: reads {html, row, rows, asks} from standard
   input, writes the page for each ask. */
import { readFileSync } from "node:fs";

import { page } from "../../service_worker/carried.js";

const { html, row, rows, asks } = JSON.parse(readFileSync(0, "utf-8"));
const pack = { page: async () => undefined, record: async () => ({ html, row }), list: async () => ({ rows }) };
process.stdout.write(JSON.stringify(await Promise.all(asks.map((ask) => page({ now: Date.now }, { pack }, ask)))));
