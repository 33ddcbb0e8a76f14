/* A new worker waits. It takes over when no page is open, or when somebody asks for it: never while entries are on their
   way, and never over a form that is being written in any tab (its page holds the lock "doorstep-writing"). */

export async function takeOver({ ports }) {
  const said = (word) => ports[0]?.postMessage(word);
  if (!navigator.locks) return said(await self.skipWaiting() ?? "done");
  const { held } = await navigator.locks.query();
  if (held.some(({ name }) => name === "doorstep-writing")) return said("writing");
  if (held.some(({ name }) => name.startsWith("doorstep-outbox-"))) return said("sending");
  await self.skipWaiting();
  return said("done");
}
