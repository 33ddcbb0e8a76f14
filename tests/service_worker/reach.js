/* Which of these addresses a phone without a line can show, for tests/field_pack/test_every_link.py: reads {pages, beside,
   moulds, links} from standard input, writes {link: its page's title, or null}. */
import { readFileSync } from "node:fs";

import { page } from "../../service_worker/carried.js";
import { titleOf } from "../../service_worker/compose.js";

const { pages, beside, moulds, links } = JSON.parse(readFileSync(0, "utf-8"));
const record = async (url) => (url in pages ? { html: pages[url], row: beside[url]?.row } : undefined);
const rows = Object.values(beside).flatMap(({ index }) => index ?? []);
const cards = async (ids) => ids.map((id) => ({ row: beside[`/customers/${id}`]?.row }));
const pack = { record, page: async (url) => (await record(url))?.html, list: async () => ({ rows, moulds, cards }) };
const phone = { now: () => Date.now() }, mine = { pack, store: { entries: async () => [], fact: async () => null } }, found = {};
for (const link of links) {
  const html = await page(phone, mine, link);
  found[link] = html ? titleOf(html) : null;
}
process.stdout.write(JSON.stringify(found));
