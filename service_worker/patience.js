/* How long nothing is tried: a line that is down rests, longer each time; a session that is over waits for somebody to sign in. */
import { BACK_OFF, MINUTE } from "./names.js";

/** Milliseconds until the next try, after so many. */
export function pause({ random }, tries) {
  const longest = Math.min(BACK_OFF.most, BACK_OFF.least * 2 ** Math.min(tries, 12));
  return Math.max(BACK_OFF.least, longest * (0.5 + random() / 2));
}

export const rests = (line, now) => line.next_try > now || (line.parked && line.parked + 15 * MINUTE > now);

/** One failure, however many batches met it. `parked`: nobody is signed in; `wait`: what the server has asked for, ms. */
export async function rest(outbox, { parked, wait = 0 }) {
  await outbox.store.changeFact("line", (line) => {
    const now = outbox.now(), failures = (line?.failures ?? 0) + 1;
    return { ...line, ...(parked ? { parked: now } : { failures, failed: now, next_try: now + Math.min(BACK_OFF.most, Math.max(pause(outbox, failures), wait)) }) };
  });
  outbox.tell({ kind: "outbox" });
  return false;
}
