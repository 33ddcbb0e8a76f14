/* A new worker waits. It takes over when no page is open, or when somebody asks for it: never while entries are on their
   way, and never over a form that is being written in any tab (its page holds the lock "doorstep-writing"). While it
   does, it holds that lock itself. Where a browser has no locks, only one page may be open, which has looked itself. */

export async function takeOver({ ports }) {
  ports[0]?.postMessage(navigator.locks ? await withLocks() : await alone());
}

async function withLocks() {
  const { held } = await navigator.locks.query();
  if (held.some(({ name }) => name.startsWith("doorstep-outbox-"))) return "sending";
  return navigator.locks.request("doorstep-writing", { ifAvailable: true }, async (lock) => {
    if (!lock) return "writing";
    await self.skipWaiting();
    return "done";
  });
}

async function alone() {
  const pages = await clients.matchAll({ type: "window", includeUncontrolled: true });
  if (pages.length > 1) return "writing";
  await self.skipWaiting();
  return "done";
}
