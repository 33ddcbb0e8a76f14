/* One at a time, over all tabs and the worker: by the browser's own locks, or by a note with an end where it has none. */
import { LEASE } from "./names.js";

const me = {};

export async function alone(name, { store, locks, now, ids }, work) {
  return locks ? byLock(`doorstep-${name}-${store.user}`, locks, work) : byNote(name, { store, now, ids }, work);
}

async function byLock(name, locks, work) {
  const patience = new AbortController(), timer = setTimeout(() => patience.abort(), LEASE);
  try {
    return await locks.request(name, { signal: patience.signal }, () => { clearTimeout(timer); return work(); });
  } catch (error) {
    if (!patience.signal.aborted) throw error;
    return locks.request(name, { steal: true }, work); // whoever holds it has been frozen
  } finally {
    clearTimeout(timer);
  }
}

async function byNote(name, { store, now, ids }, work) {
  me.id ??= ids();
  const key = `holder of ${name}`;
  const holder = await store.changeFact(key, (held) => (held && held.who !== me.id && held.until > now() ? undefined : { who: me.id, until: now() + LEASE }));
  if (holder.who !== me.id) return undefined;
  try {
    return await work();
  } finally {
    await store.changeFact(key, (held) => (held?.who === me.id ? { who: "", until: 0 } : undefined));
  }
}
