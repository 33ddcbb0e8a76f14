/* Somebody was erased: what this phone keeps beside its pages lets go of him too. What is unsent goes out first: the server
   answers that it holds nothing, and then it is gone from here. */
import { hasArrived } from "./names.js";

/** Forget what names one of these ids: what has arrived, and what is being written about him alone. */
export async function forget(store, ids) {
  const names = (said) => ids.some((id) => said.includes(id));
  const told = (await store.entries()).filter((entry) => hasArrived(entry) && names(JSON.stringify(entry)));
  await store.changeEntries(told.map(({ id }) => id), () => null);
  for (const draft of await store.drafts.all()) {
    if (names(draft.key)) await store.drafts.drop(draft.key);
    else if (names(JSON.stringify(draft.entries))) await store.drafts.put({ ...draft, entries: draft.entries.filter(([, value]) => !ids.includes(value)) });
  }
}
