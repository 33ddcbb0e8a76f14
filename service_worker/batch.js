/* One batch: what goes into it, how it travels, and what its answer is worth. */
import { HEADER, PROTOCOL, SECOND, isStuck, isUnsent } from "./names.js";

const SENT = ["id", "seq", "scope", "action", "fields", "made_at", "build"];
const ABOUT_A_FILE = ["id", "name", "filename", "sha256", "size", "type"];
const pick = (names, from) => Object.fromEntries(names.map((name) => [name, from[name]]));
export const onTheWay = (entry) => ({ ...pick(SENT, entry), attachments: entry.attachments.map((file) => pick(ABOUT_A_FILE, file)) });
const weigh = (entry) => new TextEncoder().encode(JSON.stringify(onTheWay(entry))).length;

const mayBeBuiltOn = ({ id, scope }) => !scope || scope === id; // a plan, a day's report, a new customer

/** The oldest that are due, of one author, without a gap in any customer's order. `flying`: the entries of the batch that is
 *  on its way; beside it goes what is about other customers. The one that leaves nothing goes alone: the server takes it for the word that it has everything. */
export function batchOf(entries, now, most, user, flying = []) {
  const batch = [], held = new Set(flying.map(({ scope }) => scope));
  let bytes = 0;
  if (flying.some(mayBeBuiltOn)) return batch;
  for (const entry of entries) {
    if (isStuck(entry) && entry.scope === entry.id) held.add(entry.scope); // what is written about a customer waits until he is taken in
    if (!isUnsent(entry) || entry.author !== user || held.has(entry.scope)) continue;
    if (flying.length && mayBeBuiltOn(entry)) break;
    const size = entry.next_try > now ? Infinity : weigh(entry);
    if (size === Infinity || (batch.length && bytes + size > most.bytes)) {
      held.add(entry.scope);
      continue;
    }
    batch.push(entry);
    bytes += size;
    if (batch.length === most.entries) break;
  }
  return flying.length && entries.filter(isUnsent).length === batch.length + flying.length ? [] : batch;
}

/** What a leader is to know of all that lies here. */
export function waitingOf(known, line) {
  const all = known.filter(isUnsent);
  return { count: all.length, oldest: all[0]?.made_at ?? null, parked: line?.parked ? all.length : 0, refused: known.filter(isStuck).length };
}

/** What is said beside the entries; `lies`: what lies on this phone, as it was read. */
export function envelopeOf(entries, { epoch, device, entries: known }, { now, line, ...said }) {
  return { protocol: PROTOCOL, ...said, device, epoch, now: new Date(now).toISOString(), waiting: waitingOf(known, line), entries };
}

/** The entries with those of a batch as they have become; who was discarded is not there any more. */
export function inPlace(entries, batch, became) {
  const now = new Map(became.map((entry) => [entry.id, entry])), sent = new Set(batch.map(({ id }) => id));
  return entries.flatMap((entry) => (sent.has(entry.id) ? now.get(entry.id) ?? [] : entry));
}

/** The body and its headers; `compress(bytes)` where the browser can. */
export async function bodyOf(envelope, compress) {
  const text = JSON.stringify({ ...envelope, entries: envelope.entries.map(onTheWay) });
  return compress ? { body: await compress(text), headers: { "Content-Encoding": "gzip" } } : { body: text, headers: {} };
}

/** What an answer means. A Wi-Fi's welcome page says 200 too: only our own header and the echoed id count. */
export async function read(response, batchId) {
  const ours = response.headers.get(HEADER) === String(PROTOCOL);
  const wait = Number(response.headers.get("Retry-After") ?? 0) * SECOND || 0;
  if (response.status === 401 && ours) return { kind: "signed out" };
  if (response.status === 413 || (response.status === 400 && ours)) return { kind: "too much" };
  if (!ours || !response.ok) return { kind: "unsent", wait };
  const said = await response.json();
  if (said.protocol !== PROTOCOL || said.batch_id !== batchId || !Array.isArray(said.answers)) return { kind: "unsent", wait };
  return { kind: "answers", epoch: said.epoch, answers: said.answers };
}
