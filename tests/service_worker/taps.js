/* Counts what a phone has noted of lines, for tests/field_pack/test_taps_on_phone.py: reads {rows, entries} from standard
   input, writes track id → cells. */
import { readFileSync } from "node:fs";

import { customers, own } from "../../static/js/answers/taps.js";

const { rows, entries } = JSON.parse(readFileSync(0, "utf-8"));
process.stdout.write(JSON.stringify(own(entries, 0, customers(rows, entries), "", Date.now()).taps));
