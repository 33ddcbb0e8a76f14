/* Pages are lent. When the lease is over, or the clock was turned back, they are gone before anything is shown; the outbox
   and the drafts stay. The lease is judged by the server's clock. */
import { SLACK } from "./names.js";

export const LENT = ["lease", "seen", "offset", "over"];

/** The facts of a phone that carries nothing. */
export const NOTHING = { set: null, staged: null, cursor: null, edition: null, lease: null, pulled: null };

/** The facts of a loan, as the head of what came at this time tells it. */
export function lent(head, pulled) {
  const seen = Date.parse(head.now);
  return { lease: Date.parse(head.lease), seen, offset: seen - pulled, pulled, over: null };
}

/** Whether the lease is over; if so, the pages are deleted here and now. A clock that was turned back counts as over. */
export async function isOver(store, now, { lease, seen, offset = 0, over }) {
  if (!lease) return Boolean(over);
  const at = now + offset;
  if (at <= lease && at >= seen - SLACK) {
    if (at > seen + SLACK) await store.setFacts({ seen: at });
    return false;
  }
  await store.forgetPages({ ...NOTHING, over: true });
  return true;
}
