/* What comes of a batch: each entry by its own answer; one that did not arrive, or that nobody could read, waits or grows smaller. */
import { BATCH, CONFLICT, DELIVERED, QUARANTINED, REJECTED, SECOND, SENDING, WAITING } from "./names.js";
import { pause } from "./patience.js";

export const ANEW = "anew"; // much may have changed: what lies here is to be looked at again
const STATES = { accepted: DELIVERED, duplicate: DELIVERED, quarantined: QUARANTINED, rejected: REJECTED, conflict: CONFLICT };

/** What the entries have become if the next batch may follow at once, ANEW, or false: then `lies` says why it has to wait. */
export async function take(outbox, answer, batch, epoch, lies) {
  if (answer.kind === "signed out") return unsend(outbox, batch, lies, { parked: true });
  if (answer.kind === "too much") return sendLess(outbox, batch);
  if (answer.kind !== "answers") return unsend(outbox, batch, lies, { wait: Math.max(lies.wait ?? 0, answer.wait ?? 0) });
  if (answer.epoch && answer.epoch !== epoch) {
    await outbox.epochSeen(answer.epoch);
    if (epoch) return ANEW; // the server has lost its memory since: everything that it may lack goes again
  }
  const said = new Map(answer.answers.map((one) => [one.id, one]));
  if (batch.some(({ id }) => said.get(id)?.result === "unauthorised")) return unsend(outbox, batch, lies, { parked: true });
  return settle(outbox, batch, said);
}

async function settle(outbox, batch, said) {
  outbox.most = BATCH;
  const at = outbox.now(), line = { ...(await outbox.store.fact("line")), failures: 0, next_try: 0, parked: 0, last: at };
  let moved = false; // a restore has been heard of since
  const became = await change(outbox, batch, (entry) => {
    if (entry.state === SENDING) return settled(outbox, entry, said.get(entry.id), at);
    moved = true;
  }, { line });
  outbox.tell({ kind: "outbox", delivered: true });
  return moved ? ANEW : became;
}

function settled(outbox, entry, said, at) {
  const state = STATES[said?.result];
  if (said?.reason === "erased") return null;
  if (state) return { ...entry, state, answer: { ...said, at } };
  return { ...entry, state: WAITING, answer: said ?? null, next_try: at + Math.max(pause(outbox, entry.tries), (said?.retry_after ?? 0) * SECOND) };
}

async function unsend(outbox, batch, lies, why) {
  Object.assign(lies, why);
  await change(outbox, batch, (entry) => ({ ...entry, state: entry.state === SENDING ? WAITING : entry.state }));
  return false;
}

/** A batch that is too big, or that the server cannot read, is halved, until the one entry stands alone that is at fault. */
async function sendLess(outbox, batch) {
  const alone = batch.length === 1, answer = { result: "rejected", reason: "unreadable", errors: {}, at: outbox.now() };
  outbox.most = alone ? BATCH : { ...outbox.most, entries: Math.ceil(batch.length / 2) };
  await change(outbox, batch, (entry) => ({ ...entry, ...(alone ? { state: REJECTED, answer } : entry.state === SENDING && { state: WAITING }) }));
  outbox.tell({ kind: "outbox" });
  return ANEW;
}

const change = (outbox, batch, ...how) => outbox.store.changeEntries(batch.map(({ id }) => id), ...how);
