/* The only user of Cache Storage: the shell is what every page links, and the page that stands in for one that cannot
   be reached. A shell that is not whole is no shell: if one piece fails to come, the install fails. Pages and their
   assets are of one build, so the shell of the carried pages stays as long as they do. */

const NAME = "shell-";
export const OFFLINE = "/offline";
export const buildOf = (edition) => edition?.split(".")[0] ?? "";

export async function keepShell(build, names) {
  const cache = await caches.open(NAME + build), there = new Set((await cache.keys()).map(({ url }) => new URL(url).pathname));
  const wanted = names.map((name) => `/assets/${build}/${name}`).filter((path) => !there.has(path));
  await cache.addAll(wanted);
  if (!there.has(OFFLINE)) await cache.add(new Request(OFFLINE, { cache: "reload" }));
}

export async function forgetOtherShells(...builds) {
  const kept = builds.map((build) => NAME + build), names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(NAME) && !kept.includes(name)).map((name) => caches.delete(name)));
}

export const fromShell = (request) => caches.match(request);

/** An asset: from the shell, or from the line and then kept with the rest of its build. */
export async function shellFirst(request) {
  const kept = await fromShell(request);
  if (kept) return kept;
  const response = await fetch(request), name = NAME + new URL(request.url).pathname.split("/")[2];
  if (response.ok && (await caches.has(name))) await (await caches.open(name)).put(request, response.clone());
  return response;
}
