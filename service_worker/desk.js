/* What the pages may ask of the worker, each answered through the port that came with the question. */
import { onTheWay } from "./batch.js";
import { shown } from "./begun.js";
import { titleOf } from "./compose.js";
import { SECOND, hasArrived } from "./names.js";
import { tellOpened } from "./opened.js";
import { within } from "./within.js";

/** The drafts of the one whose page asks: a page of before, whose reader has gone, gets none. */
const draftsOf = async (phone, user) => { const mine = await phone.mine(); return mine && (user ?? mine.user) === mine.user ? mine.store.drafts : null; };

const ask = {
  async hello(phone, { user }) {
    if (user && !(await phone.desk.fact("user"))) await phone.learn(user);
    return { ...(await phone.state()), notice: await phone.takeNotice() };
  },
  state: (phone) => phone.state(),
  flush: async (phone, { now }) => { await within(30 * SECOND, phone.flush(now)); return phone.state(); },
  look: async (phone, { urgent }) => { await within(30 * SECOND, phone.look(urgent)); return phone.state(); },
  async entries(phone) {
    const mine = await phone.mine(), all = (await mine?.store.entries()) ?? [];
    return Promise.all(all.map(async (entry) => ({ ...entry, about: titleOf(await mine.pack.page(entry.scope ? `/customers/${entry.scope}` : entry.form)) })));
  },
  rows: async (phone) => (await (await phone.mine())?.pack.list())?.rows ?? [],
  entry: async (phone, { id }) => (await phone.mine())?.store.entry(id),
  async unsent(phone) { // entries that the server lacks, or some of whose files it lacks, with these files' bytes
    const mine = await phone.mine(), lacks = (file) => !file.done && !file.broken;
    const all = ((await mine?.store.entries()) ?? []).filter((entry) => !hasArrived(entry) || entry.attachments.some(lacks)), files = [];
    for (const { id } of all.flatMap(({ attachments }) => attachments.filter(lacks))) files.push({ id, ...(await mine.store.file(id)) });
    return mine && { user: mine.user, device: await mine.outbox.device(), entries: all.map(onTheWay), files: files.filter(({ bytes }) => bytes?.byteLength) };
  },
  discard: async (phone, { id }) => (await phone.mine())?.outbox.discard(id),
  putBack: async (phone, { gone }) => (await phone.mine())?.outbox.putBack(gone),
  draft: async (phone, { user, key }) => (await draftsOf(phone, user))?.get(key),
  putDraft: async (phone, { user, draft }) => (await draftsOf(phone, user))?.put(draft),
  keepFiles: async (phone, { user, key, keep, parts }) => (await draftsOf(phone, user))?.keepFiles(key, keep, parts),
  dropDraft: async (phone, { user, key }) => (await draftsOf(phone, user))?.drop(key),
  drafts: async (phone, { user }) => (await (await draftsOf(phone, user))?.all())?.filter(({ href }) => href),
  urls: async (phone) => (await phone.mine())?.pack.urls() ?? [],
  carried: async (phone, { urls }) => {
    const there = new Set(await ask.urls(phone));
    return urls.filter((url) => there.has(url));
  },
  async room(phone, { from, bytes, drop }) { // by a real write, since the browser's estimate lies; together they are taken out again
    const mine = await phone.mine();
    if (!mine) return false;
    for (let n = 0; n < (drop ?? 0); n += 1) await mine.store.dropFile(`room ${n}`);
    try {
      for (let n = 0; n < bytes.length; n += 1) await mine.store.putFile({ id: `room ${from + n}`, bytes: bytes[n] });
      return true;
    } catch { return false; }
  },
};

export async function answerPageSide(phone, { data, ports }) {
  const told = ask[data?.kind];
  if (!told) return;
  const before = data.kind === "flush" ? ((await phone.state()).last ?? 0) : 0;
  const said = await Promise.resolve(told(phone, data)).catch(() => null); // no room, or the drawer is being cleared
  ports[0]?.postMessage(said ?? null);
  if (data.kind === "flush" && said?.last > before) await phone.look(true); // what has arrived is on the server's pages now
  if (data.kind === "hello") {
    await shown(await phone.mine(), data.path);
    await phone.look();
    await phone.flush();
  }
  if (/hello|flush/.test(data.kind)) await tellOpened(phone);
}
