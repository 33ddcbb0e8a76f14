/* The worker of last resort: it takes the place of one that does harm, gives the pages back to the line and goes. What
   was read is fetched again; what is written and unsent stays in its database for the worker that comes after. */

export function leave() {
  addEventListener("install", (event) => event.waitUntil(self.skipWaiting()));
  addEventListener("activate", (event) => event.waitUntil(go()));
}

async function go() {
  for (const name of await caches.keys()) await caches.delete(name);
  await registration.unregister();
  for (const page of await clients.matchAll({ type: "window", includeUncontrolled: true })) page.navigate(page.url).catch(() => {});
}
