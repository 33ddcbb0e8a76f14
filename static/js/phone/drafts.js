/* A draft that is thrown away, and the way back. */
import { ask } from "./ask.js";

const user = () => document.body.dataset.user;

/** Take a draft out with its files; gives the way back. */
export async function throwAway(key) {
  const gone = await ask("draft", { user: user(), key });
  await ask("dropDraft", { user: user(), key });
  return async () => { if (gone) for (const draft of [{ ...gone, parts: undefined }, ...gone.parts]) await ask("putDraft", { user: user(), draft }); };
}

/** The same with whatever was begun to mend that entry. */
export async function throwMendingAway(id) {
  const all = (await ask("drafts", { user: user() })) ?? [], mending = all.filter(({ entries }) => entries?.some(([name, value]) => name === "_replaces" && value === id));
  const ways = await Promise.all(mending.map(({ key }) => throwAway(key)));
  return () => Promise.all(ways.map((back) => back()));
}
