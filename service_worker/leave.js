/* The worker of last resort: it takes the place of one that does harm, gives the pages back to the line and goes. What
   was read is fetched again; what is written and unsent stays in its database for the worker that comes after. Over a form
   that is being written no page is fetched again: it goes on as if there were no worker. */

export function leave() {
  addEventListener("install", (event) => event.waitUntil(self.skipWaiting()));
  addEventListener("activate", (event) => event.waitUntil(go()));
  addEventListener("message", ({ ports }) => ports[0]?.postMessage(undefined));
}

async function go() {
  for (const name of await caches.keys()) await caches.delete(name);
  await registration.unregister();
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  if (held.some(({ name }) => name === "doorstep-writing")) return;
  for (const page of await clients.matchAll({ type: "window", includeUncontrolled: true })) page.navigate(page.url).catch(() => {});
}
